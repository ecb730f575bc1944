/**
 * Submission and polling of tuning jobs: a job is created once, whenever a process is killed, and
 * polled until it ends. docs/tuning.md describes the sequence.
 *
 * <p>TuningRun runs {@code attune tune}. If a job may have to be created, it first calls
 * PreflightCheck. It then records the job in the ledger and calls JobCreation, DuplicateJobCheck
 * and JobPoller. JobCreation adopts or creates the back end's job; before it creates one it has
 * TuningRun upload the dataset. JobPoller calls DuplicateJobCheck after each poll.
 *
 * <p>JobControl runs {@code attune watch} and {@code attune cancel}. It calls JobCreation to search
 * for a job whose create call may have been sent; for watch it calls JobPoller.
 */
@NullMarked
package dev.attune.launcher.tuning.submission;

import org.jspecify.annotations.NullMarked;
