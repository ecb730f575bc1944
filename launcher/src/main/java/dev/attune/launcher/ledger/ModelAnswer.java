package dev.attune.launcher.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a model answered to a question, or why it never will.
 *
 * @param text the answer as it came; empty where the question failed
 * @param failure why the question failed for good, in a few words that are the same for every such
 *     failure ({@code blocked: SAFETY}), at most 200 characters; null where it was answered
 */
public record ModelAnswer(String text, @Nullable String failure) {
  private static final int LONGEST_FAILURE = 200;

  /** An answer. */
  public static ModelAnswer of(String text) {
    return new ModelAnswer(text, null);
  }

  /** A question that fails whenever it is asked; a longer reason is cut. */
  public static ModelAnswer failed(String reason) {
    int end = Math.min(reason.length(), LONGEST_FAILURE);
    return new ModelAnswer("", reason.substring(0, end));
  }

  public boolean isFailed() {
    return failure != null;
  }
}
