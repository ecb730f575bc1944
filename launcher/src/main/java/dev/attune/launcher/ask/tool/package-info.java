/** Tools of a model: commands of this machine, run without a shell and killed at their deadline. */
@NullMarked
package dev.attune.launcher.ask.tool;

import org.jspecify.annotations.NullMarked;
