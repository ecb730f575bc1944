package dev.attune.launcher.evaluation;

import java.io.IOException;

/** Opens models to be asked, whoever hosts them. */
public interface Models {
  /**
   * A model, ready to be asked; the caller closes it.
   *
   * @throws AskException where it cannot be asked: it is gone, or nobody here speaks to its back
   *     end
   */
  AskedModel open(ModelAddress address) throws AskException, IOException;
}
