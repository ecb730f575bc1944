package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import java.nio.file.Path;

/** Opens back ends. The classes of a back end are loaded when it is opened. */
@FunctionalInterface
public interface BackEndFactory {
  /**
   * Opens the back end of a configuration; nothing is connected yet.
   *
   * @param tuning the configuration
   * @param folder the folder beside the ledger, for a back end that stores files
   * @throws CommandFailure if the configuration lacks what the back end needs
   */
  TuningBackEnd open(TuningConfig tuning, Path folder) throws CommandFailure;
}
