/**
 * What every command shares with the person who typed it: streams, exit codes, progress, failures.
 */
@NullMarked
package dev.attune.launcher.console;

import org.jspecify.annotations.NullMarked;
