/** The command prepare. */
@NullMarked
package dev.attune.launcher.prepare;

import org.jspecify.annotations.NullMarked;
