package dev.attune.launcher.tuning.status;

import dev.attune.launcher.ledger.Job;

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
      case NONE ->
          ("Interrupted: tuning job %s was not submitted, and nothing was paid. Run the same"
                  + " command again to submit it.")
              .formatted(job);
      case UNCERTAIN ->
          ("Interrupted: tuning job %s may have been submitted just now. Run the same command"
                  + " again; it looks for the job before it submits one.")
              .formatted(job);
      case DONE ->
          "Interrupted: tuning job %s was submitted. attune watch %s resumes polling."
              .formatted(job, job);
    };
  }
}
