package dev.attune.launcher.estimate;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;

/** Where a {@link TokenCounter} comes from. */
@FunctionalInterface
public interface TokenCounterFactory {
  /**
   * Opens one.
   *
   * @param tuning where the provider is
   * @throws CommandFailure if there is none, or the configuration does not say where it is
   */
  TokenCounter open(TuningConfig tuning) throws CommandFailure;
}
