package dev.attune.launcher.session;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.models.ModelException;

/** Turns faults of models into failures of commands. */
public final class ModelFailure {
  private ModelFailure() {}

  /**
   * Returns the failure of a command that a model ends: exit code 3 if model, request or budget are
   * the cause, 1 if the service does not answer.
   */
  public static CommandFailure of(ModelException e) {
    FailureCode code =
        switch (e.kind()) {
          case REQUEST, MODEL -> FailureCode.MODEL;
          case QUOTA, TRANSIENT -> FailureCode.UNAVAILABLE;
          case SPENDING -> FailureCode.COST;
        };
    return new CommandFailure(code, String.valueOf(e.getMessage()), e);
  }
}
