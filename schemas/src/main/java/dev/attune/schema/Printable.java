package dev.attune.schema;

import java.util.List;
import java.util.regex.Pattern;

/** Prepares words and foreign text for a sentence on a terminal. */
public final class Printable {
  /** Limit of quoted text, in code points. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern DIRECTIONS = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

  private Printable() {}

  /** Returns at most 64 code points of a text; unprintable ones are replaced by U+FFFD. */
  public static String shortened(String text) {
    return shortened(text, MAX_LENGTH);
  }

  /** Returns at most so many code points of a text; unprintable ones are replaced by U+FFFD. */
  public static String shortened(String text, int length) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .limit(length)
        .map(c -> isPrintable(c) ? c : '\uFFFD')
        .forEach(result::appendCodePoint);
    return text.codePointCount(0, text.length()) > length
        ? result.append('…').toString()
        : result.toString();
  }

  /** Returns {@code a}, {@code a or b}, or {@code a, b or c}; an empty text for no words. */
  public static String either(List<String> words) {
    int last = words.size() - 1;
    return last <= 0
        ? String.join("", words)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /**
   * Returns a text of several lines for a terminal: control characters except line feeds and tabs
   * are replaced by U+FFFD, and carriage returns are left out, so that a text cannot move the
   * cursor or type into the terminal.
   */
  public static String lines(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\r') {
        result.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return result.toString();
  }

  /**
   * Returns a text as {@link #lines} does, also with U+FFFD for characters that change the
   * direction of the letters after them: what is shown to be allowed must be read in the order that
   * it has.
   */
  public static String inReadingOrder(String text) {
    return DIRECTIONS.matcher(lines(text)).replaceAll("\uFFFD");
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
