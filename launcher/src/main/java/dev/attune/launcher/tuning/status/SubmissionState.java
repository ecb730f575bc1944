package dev.attune.launcher.tuning.status;

import dev.attune.launcher.ledger.Job;
import dev.attune.message.Messages;

/** State of a job's submission, for the last line of an interrupted command. */
public enum SubmissionState {
  NONE,
  UNCERTAIN,
  DONE;

  public static SubmissionState of(Job job) {
    if (job.known() != null) {
      return DONE;
    }
    return job.createUntil() == null ? NONE : UNCERTAIN;
  }

  /**
   * Returns the last line of a command that a signal ends.
   *
   * @param job the id of the job
   */
  public String interrupted(String job) {
    return switch (this) {
      case NONE -> Messages.of("launcher.interrupted.not-submitted", job);
      case UNCERTAIN -> Messages.of("launcher.interrupted.submitting", job);
      case DONE -> Messages.of("launcher.interrupted.submitted", job, job);
    };
  }
}
