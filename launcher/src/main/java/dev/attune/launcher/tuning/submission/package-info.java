/**
 * Submission and polling of tuning jobs: a job is created once, whenever a process is killed, and
 * polled until it ends. docs/tuning.md describes the sequence.
 *
 * <p>TuningRun runs {@code attune tune}: it records the job in the ledger and calls JobCreation,
 * then DuplicateJobCheck, then JobPoller. JobCreation adopts or creates the back end's job; only if
 * none exists it calls TuningRun's JobPreparation, which calls PreflightCheck and uploads the
 * dataset. JobControl runs {@code attune watch} and {@code attune cancel}: it calls JobCreation to
 * find a job whose create call may have been sent, and JobPoller. JobPoller calls DuplicateJobCheck
 * after each poll.
 */
@NullMarked
package dev.attune.launcher.tuning.submission;

import org.jspecify.annotations.NullMarked;
