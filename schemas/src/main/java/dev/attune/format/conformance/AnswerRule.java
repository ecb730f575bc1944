package dev.attune.format.conformance;

import org.jspecify.annotations.Nullable;

/** Whether answers consist of categories; which ones there are is the caller's knowledge. */
@FunctionalInterface
public interface AnswerRule {
  /** The part of an answer that is no category, or null if all of them are. */
  @Nullable String unknownIn(String answer);
}
