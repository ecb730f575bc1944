package dev.attune.launcher.tuning;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.ledger.Job;
import org.jspecify.annotations.Nullable;

/**
 * What came of a tuning job so far.
 *
 * @param job as the ledger has it
 * @param failure why it is no success, or null: it has a model, or nobody wanted to wait
 */
public record Tuned(Job job, @Nullable CommandFailure failure) {
  /** Ends the command as the job ended. */
  public void orFail() throws CommandFailure {
    if (failure != null) {
      throw failure;
    }
  }

  /**
   * How a command ends whose job failed, expired or was cancelled.
   *
   * @param again the command that creates another job, as it is typed
   */
  public static CommandFailure failed(Job job, String again) {
    BackEndJob known = job.known();
    String fault = known == null ? null : known.fault();
    return new CommandFailure(
        FailureCode.TUNING_FAILED,
        "Tuning job "
            + job.id()
            + verb(job.state())
            + (fault == null ? "" : " (" + withoutStop(fault) + ")")
            + (job.state() == TuningJobState.FAILED ? ": mend the cause, then " : ": ")
            + again
            + " creates another.");
  }

  private static String verb(TuningJobState state) {
    return switch (state) {
      case CANCELLED -> " was cancelled";
      case EXPIRED -> " expired";
      default -> " failed";
    };
  }

  private static String withoutStop(String fault) {
    return fault.endsWith(".") ? fault.substring(0, fault.length() - 1) : fault;
  }
}
