package dev.attune.launcher.evaluation;

import dev.attune.launcher.console.CommandFailure;
import java.io.IOException;

/** Opens models to be asked, whoever hosts them. */
@FunctionalInterface
public interface Models {
  /**
   * A model, ready to be asked; the caller closes it.
   *
   * @throws AskException where it cannot be asked: it is gone, or was changed
   * @throws CommandFailure where the configuration does not say how, or nobody here speaks to its
   *     back end
   */
  AskedModel open(ModelAddress address) throws AskException, CommandFailure, IOException;
}
