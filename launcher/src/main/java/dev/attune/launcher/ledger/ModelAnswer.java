package dev.attune.launcher.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The answer of a model to a question, or why the question failed.
 *
 * @param text the unchanged answer; empty if the question failed
 * @param failure why the question failed permanently, in a few words that are the same for every
 *     such failure ({@code blocked: SAFETY}), at most 200 characters; null if it was answered
 */
public record ModelAnswer(String text, @Nullable String failure) {
  private static final int LONGEST_FAILURE = 200;

  /** Returns an answer. */
  public static ModelAnswer of(String text) {
    return new ModelAnswer(text, null);
  }

  /** Returns the failure of a question; a longer reason is truncated. */
  public static ModelAnswer failed(String reason) {
    int end = Math.min(reason.length(), LONGEST_FAILURE);
    return new ModelAnswer("", reason.substring(0, end));
  }

  public boolean isFailed() {
    return failure != null;
  }
}
