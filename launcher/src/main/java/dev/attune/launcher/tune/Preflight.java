package dev.attune.launcher.tune;

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
}
