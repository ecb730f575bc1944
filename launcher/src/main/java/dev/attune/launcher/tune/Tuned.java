package dev.attune.launcher.tune;

import dev.attune.launcher.console.CommandFailure;
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
}
