package dev.attune.format.rule;

/** The severity of a finding. */
public enum Level {
  /** The provider refuses the file or drops the line, or the example is useless for training. */
  ERROR,
  /** The provider accepts it; it deserves a look. */
  WARNING
}
