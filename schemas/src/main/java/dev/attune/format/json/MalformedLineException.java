package dev.attune.format.json;

/**
 * Reports that a line is not JSON. Has no stack trace, because every line of a damaged file throws
 * one.
 */
public final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int at;
  private final boolean utf8;
  private final boolean tooDeep;

  /**
   * Creates an exception.
   *
   * @param at its index in the buffer
   * @param utf8 false if the bytes are not UTF-8
   */
  MalformedLineException(int at, boolean utf8, String expected) {
    this(at, utf8, false, expected);
  }

  private MalformedLineException(int at, boolean utf8, boolean tooDeep, String text) {
    super(text, null, false, false);
    this.at = at;
    this.utf8 = utf8;
    this.tooDeep = tooDeep;
  }

  /** Creates an exception for a line that exceeds the nesting limit. */
  static MalformedLineException tooDeep(int at, int most) {
    return new MalformedLineException(
        at, true, true, "values are nested more than " + most + " deep");
  }

  /** Returns whether the line exceeds the nesting limit. */
  public boolean tooDeep() {
    return tooDeep;
  }

  public int at() {
    return at;
  }

  public boolean utf8() {
    return utf8;
  }
}
