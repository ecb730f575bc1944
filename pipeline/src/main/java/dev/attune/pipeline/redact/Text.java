package dev.attune.pipeline.redact;

/** Questions about single characters of a text; places outside it hold nothing. */
final class Text {
  private Text() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isDigitAt(String text, int i) {
    return i >= 0 && i < text.length() && isDigit(text.charAt(i));
  }

  /** Digits of any script. */
  static boolean isAnyDigit(char c) {
    return c < 128 ? isDigit(c) : Character.isDigit(c);
  }

  /** Letters of ASCII. */
  static boolean isLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /** Letters and digits of any script, and the underscore. */
  static boolean isWord(char c) {
    return c < 128 ? isDigit(c) || isLetter(c) || c == '_' : Character.isLetterOrDigit(c);
  }

  static boolean isWordAt(String text, int i) {
    return i >= 0 && i < text.length() && isWord(text.charAt(i));
  }

  /** The character, or 0 outside the text. */
  static char at(String text, int i) {
    return i >= 0 && i < text.length() ? text.charAt(i) : 0;
  }

  /** Blanks that do not end a line. */
  static boolean isBlank(char c) {
    return c == ' ' || c == '\u00A0' || c == '\u2009' || c == '\u202F';
  }
}
