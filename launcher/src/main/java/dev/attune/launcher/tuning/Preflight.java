package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.dataset.DatasetDirectory;
import java.io.IOException;

/** What a job must pass before anything of it leaves this machine. */
@FunctionalInterface
public interface Preflight {
  /**
   * Checks.
   *
   * @throws CommandFailure if the base model, the region, the adapter or the cost cap forbid it
   */
  void pass(DatasetDirectory dataset, TuningConfig tuning) throws CommandFailure, IOException;

  /**
   * Says what a job costs that exists already and does not pass: it is taken over all the same.
   *
   * @param refusal why it does not pass
   */
  default void warn(DatasetDirectory dataset, TuningConfig tuning, CommandFailure refusal)
      throws CommandFailure, IOException {}
}
