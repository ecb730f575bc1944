package dev.attune.launcher.evaluation;

import org.jspecify.annotations.Nullable;

/** A model could not be asked. The message is one sentence for people. */
public final class AskException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean transientFault;

  public AskException(boolean transientFault, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.transientFault = transientFault;
  }

  /** Whether asking again later may help. */
  public boolean isTransient() {
    return transientFault;
  }
}
