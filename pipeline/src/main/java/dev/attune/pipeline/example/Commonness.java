package dev.attune.pipeline.example;

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
   * The whole dialogue is a common beginning of longer ones: it does not join them, and its unit
   * belongs to training.
   */
  BEGINNING;

  /** Whether the record leaves its group and is joined with no other record. */
  public boolean joinsNothing() {
    return this == PROMPT || this == HELD_PROMPT;
  }
}
