package dev.attune.launcher.tuning;

import dev.attune.launcher.ledger.Job;

/** What is known of a job's submission at a moment, for the last line of an interrupted command. */
public enum Submission {
  NONE,
  UNCERTAIN,
  DONE;

  public static Submission of(Job job) {
    if (job.known() != null) {
      return DONE;
    }
    return job.createUntil() == null ? NONE : UNCERTAIN;
  }

  /**
   * The last line of a command that a signal ends.
   *
   * @param job its id
   */
  public String interrupted(String job) {
    return switch (this) {
      case NONE ->
          "Interrupted: tuning job "
              + job
              + " was not submitted, and nothing is paid. Run the same command again to submit it.";
      case UNCERTAIN ->
          "Interrupted: tuning job "
              + job
              + " may have been submitted just now. Run the same command again; it looks for the"
              + " job before it submits one.";
      case DONE ->
          "Interrupted: tuning job "
              + job
              + " was submitted. attune watch "
              + job
              + " goes on from here.";
    };
  }
}
