package dev.attune.format.json;

/** A line is not JSON. Has no stack: soup of bytes throws one a line. */
public final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int at;
  private final boolean utf8;
  private final boolean tooDeep;

  /**
   * The fault.
   *
   * @param at its index in the buffer
   * @param utf8 false where the bytes are not UTF-8
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

  /** The line may be JSON, but is nested deeper than is read. */
  static MalformedLineException tooDeep(int at, int most) {
    return new MalformedLineException(
        at, true, true, "values are nested more than " + most + " deep");
  }

  /** Whether reading ended for the depth of values, whatever stands behind. */
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
