package dev.attune.format.conformance;

import org.jspecify.annotations.Nullable;

/** Checks that answers consist of categories. */
@FunctionalInterface
public interface AnswerRule {
  /** Returns the first part of an answer that is not a category, or null. */
  @Nullable String unknownIn(String answer);
}
