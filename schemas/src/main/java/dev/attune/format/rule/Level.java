package dev.attune.format.rule;

/** How bad a finding is. */
public enum Level {
  /**
   * The provider refuses the file or drops the line, or the example cannot teach what it should.
   */
  ERROR,
  /** The provider takes it; somebody should look. */
  WARNING
}
