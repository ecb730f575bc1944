package dev.attune.launcher.tuning.submission;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;

/** Checks a tuning request before anything is sent. */
@FunctionalInterface
public interface PreflightCheck {
  /**
   * Checks a request.
   *
   * @throws CommandFailure if the base model, the region, the adapter or the cost cap forbid it
   */
  void pass(DatasetDirectory dataset, TuningConfig tuning) throws CommandFailure, IOException;

  /**
   * Prints the cost of a job that is adopted although it does not pass the check.
   *
   * @param refusal why it does not pass
   */
  default void warn(DatasetDirectory dataset, TuningConfig tuning, CommandFailure refusal)
      throws CommandFailure, IOException {}
}
