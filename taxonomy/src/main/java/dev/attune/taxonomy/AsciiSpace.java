package dev.attune.taxonomy;

/** Recognizes the ASCII characters of Unicode's White_Space property. */
public final class AsciiSpace {
  private AsciiSpace() {}

  /** Returns whether a character is a space, or a control character from tab to carriage return. */
  public static boolean matches(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
