package dev.attune.launcher.evaluation.cost;

import dev.attune.config.textmodel.ModelConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.models.ModelRequest;
import java.io.IOException;

/** Says which requests to judges have been answered before, and so cost nothing. */
@FunctionalInterface
public interface KeptVerdicts {
  /** No request has been answered. */
  KeptVerdicts NONE = (judge, request) -> false;

  /**
   * Returns whether the answer to a request is kept.
   *
   * @throws CommandFailure if the judge cannot be asked
   */
  boolean has(ModelConfig judge, ModelRequest request) throws CommandFailure, IOException;
}
