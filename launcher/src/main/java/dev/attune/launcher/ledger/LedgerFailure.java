package dev.attune.launcher.ledger;

import dev.attune.launcher.console.ExplainedFailure;
import org.jspecify.annotations.Nullable;

/** The ledger became unavailable while it was in use. The message is one sentence for people. */
public final class LedgerFailure extends RuntimeException implements ExplainedFailure {
  private static final long serialVersionUID = 1L;

  LedgerFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
