package dev.attune.config;

/** What the tuned model shall do. */
public enum Task {
  /** Name the categories of a text; every answer consists of categories of the taxonomy. */
  CLASSIFICATION,
  /** Answer freely. */
  CONVERSATION
}
