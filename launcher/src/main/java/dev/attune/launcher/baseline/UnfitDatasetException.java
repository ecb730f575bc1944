package dev.attune.launcher.baseline;

import org.jspecify.annotations.Nullable;

/** A dataset cannot be trained on. The message is one sentence for people. */
final class UnfitDatasetException extends Exception {
  private static final long serialVersionUID = 1L;

  UnfitDatasetException(String sentence) {
    this(sentence, null);
  }

  UnfitDatasetException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
