package dev.attune.launcher.tuning.submission;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.message.Messages;
import org.jspecify.annotations.Nullable;

/**
 * The result of a tuning command.
 *
 * @param job the job in the ledger
 * @param created whether this command created the job of the back end and so pays for it; false if
 *     an earlier command or another process did
 * @param failure why the job has no usable model, or null if it has one or the command did not wait
 */
public record TuningResult(Job job, boolean created, @Nullable CommandFailure failure) {
  /** Returns the result of a command that found the job. */
  static TuningResult of(Job job, @Nullable CommandFailure failure) {
    return new TuningResult(job, false, failure);
  }

  /** Returns this with whether the command created the job. */
  TuningResult created(boolean byThisCommand) {
    return new TuningResult(job, byThisCommand, failure);
  }

  /** Throws the failure of the job, if any. */
  public void throwFailure() throws CommandFailure {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * Returns the failure of a command whose job failed, expired or was cancelled.
   *
   * @param again the command that creates another job, as typed
   */
  public static CommandFailure failed(Job job, String again) {
    TuningJobState state = job.state();
    String fault = job.fault();
    return new CommandFailure(
        FailureCode.TUNING_FAILED,
        Messages.of(
            state == TuningJobState.CANCELLED
                ? "launcher.job.cancelled"
                : state == TuningJobState.EXPIRED ? "launcher.job.expired" : "launcher.job.failed",
            job.id(),
            fault == null ? "" : " (" + withoutStop(fault) + ")",
            again));
  }

  static String withoutStop(String fault) {
    return fault.endsWith(".") ? fault.substring(0, fault.length() - 1) : fault;
  }
}
