/**
 * Tuning: a job is created once, whenever a process is killed, and polled until it ends.
 * docs/tuning.md describes the sequence.
 */
@NullMarked
package dev.attune.launcher.tune;

import org.jspecify.annotations.NullMarked;
