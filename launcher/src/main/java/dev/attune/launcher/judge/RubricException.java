package dev.attune.launcher.judge;

/** A rubric cannot be used. The message says what is wrong with the file. */
public final class RubricException extends Exception {
  private static final long serialVersionUID = 1L;

  RubricException(String sentence) {
    super(sentence);
  }
}
