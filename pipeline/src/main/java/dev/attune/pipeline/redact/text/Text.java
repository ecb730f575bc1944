package dev.attune.pipeline.redact.text;

/** Questions about single characters of a folded text; places outside it hold nothing. */
public final class Text {
  private Text() {}

  public static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isDigitAt(String text, int i) {
    return i >= 0 && i < text.length() && isDigit(text.charAt(i));
  }

  /** Letters of ASCII. */
  public static boolean isLetter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  /** Letters and digits of any script, and the underscore. */
  public static boolean isWord(char c) {
    return c < 128 ? isDigit(c) || isLetter(c) || c == '_' : Character.isLetterOrDigit(c);
  }

  public static boolean isWordAt(String text, int i) {
    return i >= 0 && i < text.length() && isWord(text.charAt(i));
  }

  /**
   * Whether the character there makes one word with figures beside it. Letters of scripts without
   * upper and lower case do not: Chinese and Japanese have no blanks between a word and a number.
   */
  public static boolean joinsFiguresAt(String text, int i) {
    return isWordAt(text, i)
        && (text.charAt(i) < 128 || Character.getType(text.charAt(i)) != Character.OTHER_LETTER);
  }

  /** The character, or 0 outside the text. */
  public static char at(String text, int i) {
    return i >= 0 && i < text.length() ? text.charAt(i) : 0;
  }

  /** Blanks that do not end a line; all the others are folded to these. */
  public static boolean isBlank(char c) {
    return c == ' ';
  }

  /** What stands between the groups of a card or an account. */
  public static boolean dividesGroups(char c) {
    return c == '-' || c == '.' || c == '\u2013' || isBlank(c);
  }

  /** The last place of a character in a part of a text, or -1. */
  public static int lastIndexOf(String text, char c, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (text.charAt(i) == c) {
        return i;
      }
    }
    return -1;
  }
}
