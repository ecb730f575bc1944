/** The commands: their options, what they print and the JSON of those that have it. */
@NullMarked
package dev.attune.launcher.cli;

import org.jspecify.annotations.NullMarked;
