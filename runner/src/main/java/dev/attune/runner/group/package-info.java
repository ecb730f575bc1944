/** Grouping and combining by key. */
@NullMarked
package dev.attune.runner.group;

import org.jspecify.annotations.NullMarked;
