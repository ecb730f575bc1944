package dev.attune.pipeline.example;

import org.jspecify.annotations.Nullable;

/**
 * Whether what a record asks is common: shared by so many groups that joining them all would leave
 * nothing to divide ("hi", "continue"). Contract section 6, "Split".
 */
public enum Commonness {
  /** Not common: the record joins whatever it shares something with. */
  NONE,

  /** The prompt is common: the record joins nothing, leaves its group, and belongs to training. */
  PROMPT,

  /**
   * The prompt is common, and validation of the previous dataset asks it: the record joins nothing
   * and may go nowhere.
   */
  HELD_PROMPT,

  /**
   * The whole dialogue is a common beginning of longer ones: it does not join them, and the unit
   * that it is in belongs to training.
   */
  BEGINNING;

  /** As lineage.jsonl says it: {@code prompt}, {@code beginning}, or null where it does not. */
  public @Nullable String key() {
    return switch (this) {
      case NONE -> null;
      case PROMPT, HELD_PROMPT -> "prompt";
      case BEGINNING -> "beginning";
    };
  }

  /** What lineage.jsonl says. */
  public static Commonness ofKey(@Nullable String key) {
    if ("prompt".equals(key)) {
      return PROMPT;
    }
    return "beginning".equals(key) ? BEGINNING : NONE;
  }

  /** Whether the record leaves its group and is joined with no other record. */
  public boolean joinsNothing() {
    return this == PROMPT || this == HELD_PROMPT;
  }
}
