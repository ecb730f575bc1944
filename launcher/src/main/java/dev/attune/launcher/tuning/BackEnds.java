package dev.attune.launcher.tuning;

import dev.attune.config.TuningConfig;
import dev.attune.launcher.console.CommandFailure;
import java.nio.file.Path;

/** Where back ends come from. Nothing of a back end is loaded before it is opened. */
@FunctionalInterface
public interface BackEnds {
  /**
   * Opens the back end that a configuration names; nobody is asked for anything yet.
   *
   * @param tuning which, and where it works
   * @param folder beside the ledger, for one that keeps files
   * @throws CommandFailure if the configuration lacks what the back end needs
   */
  TuningBackEnd open(TuningConfig tuning, Path folder) throws CommandFailure;
}
