package dev.attune.config;

/** The task of the tuned model. */
public enum Task {
  /** Name the categories of a text; every answer consists of categories of the taxonomy. */
  CLASSIFICATION,
  /** Answer freely. */
  CONVERSATION
}
