package dev.attune.pipeline.example;

import org.jspecify.annotations.Nullable;

/**
 * Whether a record's prompt or dialogue is common: shared by so many groups that joining them would
 * leave nothing to divide ("hi", "continue"). The rules are in
 * docs/adr/0012-equal-prompts-and-common-ones.md.
 */
public enum Commonness {
  /** Not common: the record is joined with the records that share something with it. */
  NONE,

  /** The prompt is common: the record joins nothing, leaves its group, and belongs to training. */
  PROMPT,

  /**
   * The prompt is common, and the previous dataset has it in validation: the record is joined with
   * nothing and rejected if it would have to go to training.
   */
  VALIDATION_PROMPT,

  /**
   * The whole dialogue is a common beginning of longer ones: it does not join them, and the unit
   * that it is in belongs to training.
   */
  BEGINNING;

  /**
   * Returns the value in lineage.jsonl: {@code prompt}, {@code beginning}, or null for {@link
   * #NONE}.
   */
  public @Nullable String key() {
    return switch (this) {
      case NONE -> null;
      case PROMPT, VALIDATION_PROMPT -> "prompt";
      case BEGINNING -> "beginning";
    };
  }

  /** Returns the value of a key in lineage.jsonl. */
  public static Commonness ofKey(@Nullable String key) {
    if ("prompt".equals(key)) {
      return PROMPT;
    }
    return "beginning".equals(key) ? BEGINNING : NONE;
  }

  /** Returns whether the record leaves its group and is not joined with other records. */
  public boolean joinsNothing() {
    return this == PROMPT || this == VALIDATION_PROMPT;
  }
}
