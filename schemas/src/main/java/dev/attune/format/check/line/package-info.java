/** The rules about one line of each format. */
@NullMarked
package dev.attune.format.check.line;

import org.jspecify.annotations.NullMarked;
