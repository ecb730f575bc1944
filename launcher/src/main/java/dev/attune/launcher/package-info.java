/** The command line: what the user types is parsed here and handed to one command. */
@NullMarked
package dev.attune.launcher;

import org.jspecify.annotations.NullMarked;
