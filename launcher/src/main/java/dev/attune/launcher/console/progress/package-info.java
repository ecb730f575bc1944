/** Shows the progress of the steps of a command. */
@NullMarked
package dev.attune.launcher.console.progress;

import org.jspecify.annotations.NullMarked;
