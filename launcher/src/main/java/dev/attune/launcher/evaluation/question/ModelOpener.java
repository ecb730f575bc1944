package dev.attune.launcher.evaluation.question;

import dev.attune.launcher.console.CommandFailure;
import java.io.IOException;

/** Opens models of any back end. */
@FunctionalInterface
public interface ModelOpener {
  /**
   * Opens a model; the caller closes it.
   *
   * @throws AskException if the model cannot be asked, e.g. because it was deleted or changed
   * @throws CommandFailure if the configuration is incomplete or the back end is not supported
   */
  AnsweringModel open(ModelAddress address) throws AskException, CommandFailure, IOException;
}
