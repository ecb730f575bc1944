/**
 * The commands tune, watch, jobs and cancel, and what they share: a tuning job is created once,
 * whatever is killed when, and watched until it ends. docs/tuning.md has the sequence.
 */
@NullMarked
package dev.attune.launcher.tune;

import org.jspecify.annotations.NullMarked;
