/** Waits between polls, and what a command shows of a job while it waits. */
@NullMarked
package dev.attune.launcher.tuning.status;

import org.jspecify.annotations.NullMarked;
