package dev.attune.pipeline.redact.finder;

/**
 * Predicates on single characters of a folded text. They are false for indexes outside the text.
 */
public final class Text {
  private Text() {}

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isDigitAt(String text, int i) {
    return i >= 0 && i < text.length() && isDigit(text.charAt(i));
  }

  /** Returns whether a character is an ASCII letter. */
  public static boolean isLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /** Returns whether a character is a letter or digit of any script, or the underscore. */
  public static boolean isWord(char c) {
    return c < 128 ? isDigit(c) || isLetter(c) || c == '_' : Character.isLetterOrDigit(c);
  }

  public static boolean isWordAt(String text, int i) {
    return i >= 0 && i < text.length() && isWord(text.charAt(i));
  }

  /**
   * Returns whether the character at an index belongs to the same word as digits next to it.
   * Letters of scripts without case do not: Chinese and Japanese have no blanks between a word and
   * a number.
   */
  public static boolean joinsFiguresAt(String text, int i) {
    return isWordAt(text, i)
        && (text.charAt(i) < 128 || Character.getType(text.charAt(i)) != Character.OTHER_LETTER);
  }

  /** Returns the character at an index, or 0 outside the text. */
  public static char at(String text, int i) {
    return i >= 0 && i < text.length() ? text.charAt(i) : 0;
  }

  /** Returns whether a character is a blank; other blanks are folded to it. */
  public static boolean isBlank(char c) {
    return c == ' ';
  }

  /** Returns whether a character may separate the groups of a card or account number. */
  public static boolean dividesGroups(char c) {
    return c == '-' || c == '.' || c == '\u2013' || isBlank(c);
  }

  /** Returns the last index of a character in a part of a text, or -1. */
  public static int lastIndexOf(String text, char c, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
