package dev.attune.format.check.json;

/** A line is not JSON. Has no stack: soup of bytes throws one a line. */
public final class MalformedLineException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int at;
  private final boolean utf8;

  /**
   * The fault.
   *
   * @param at its index in the buffer
   * @param utf8 false where the bytes are not UTF-8
   */
  MalformedLineException(int at, boolean utf8, String expected) {
    super(expected, null, false, false);
    this.at = at;
    this.utf8 = utf8;
  }

  public int at() {
    return at;
  }

  public boolean utf8() {
    return utf8;
  }
}
