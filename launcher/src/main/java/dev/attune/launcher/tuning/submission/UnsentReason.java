package dev.attune.launcher.tuning.submission;

import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.message.Messages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains why a job of the ledger does not exist in the back end yet. */
public final class UnsentReason {
  private UnsentReason() {}

  /**
   * Returns a sentence without a full stop.
   *
   * @param changes of the job's state, in order
   * @param createGrace how long the back end's jobs are listed after the end of a create call
   * @return null for a job that exists in the back end, or that has ended
   */
  public static @Nullable String of(Job job, List<Job.Change> changes, Duration createGrace) {
    if (job.known() != null) {
      return null;
    }
    if (job.state() == TuningJobState.CREATING) {
      Instant until = job.createUntil();
      return until == null
          ? Messages.of("launcher.job.unsent-call")
          : Messages.of(
              "launcher.job.unsent-until", until.plus(createGrace).truncatedTo(ChronoUnit.SECONDS));
    }
    if (job.state() != TuningJobState.INTENDED) {
      return null;
    }
    for (int i = changes.size() - 1; i >= 0; i--) {
      String note = changes.get(i).note();
      if (note != null) {
        return Messages.of("launcher.job.unsent-note", TuningResult.withoutStop(note));
      }
    }
    return Messages.of("launcher.job.unsent");
  }
}
