package dev.attune.launcher.baseline;

import org.jspecify.annotations.Nullable;

/** The local back end cannot train on a dataset. The message is one sentence for people. */
final class UnusableDatasetException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableDatasetException(String sentence) {
    this(sentence, null);
  }

  UnusableDatasetException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
