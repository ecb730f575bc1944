package dev.attune.launcher.tuning;

import dev.attune.launcher.ledger.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a job of the ledger is not yet one of the back end. */
public final class WhyNotSent {
  private WhyNotSent() {}

  /**
   * One sentence, without a full stop.
   *
   * @param changes of the job's state, the first first
   * @param createGrace how long a job is looked for after the end of the call that creates it
   * @return null for a job that the back end knows, or that has ended
   */
  public static @Nullable String of(Job job, List<Job.Change> changes, Duration createGrace) {
    if (job.known() != null) {
      return null;
    }
    if (job.state() == TuningJobState.CREATING) {
      Instant until = job.createUntil();
      return until == null
          ? "a call that creates it was begun, and its answer is not known"
          : "a call that creates it was begun and its answer is not known: attune tune looks for it"
              + " until "
              + until.plus(createGrace).truncatedTo(ChronoUnit.SECONDS)
              + " and creates it after that";
    }
    if (job.state() != TuningJobState.INTENDED) {
      return null;
    }
    for (int i = changes.size() - 1; i >= 0; i--) {
      String note = changes.get(i).note();
      if (note != null) {
        return "not sent: " + (note.endsWith(".") ? note.substring(0, note.length() - 1) : note);
      }
    }
    return "not sent yet: attune tune sends it";
  }
}
