package dev.attune.launcher.estimate;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;

/** Opens token counters. */
@FunctionalInterface
public interface TokenCounterFactory {
  /**
   * Opens a token counter.
   *
   * @param tuning names the provider's project and location
   * @throws CommandFailure if the configuration names none
   */
  TokenCounter open(TuningConfig tuning) throws CommandFailure;
}
