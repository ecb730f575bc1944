/** The command run, and the loop that demo runs, too: from the sources to a model in use. */
@NullMarked
package dev.attune.launcher.loop;

import org.jspecify.annotations.NullMarked;
