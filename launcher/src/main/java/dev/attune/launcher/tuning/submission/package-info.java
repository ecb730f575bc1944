/**
 * Submission and polling of tuning jobs: a job is created once, whenever a process is killed, and
 * polled until it ends. docs/tuning.md describes the sequence.
 */
@NullMarked
package dev.attune.launcher.tuning.submission;

import org.jspecify.annotations.NullMarked;
