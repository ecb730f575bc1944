package dev.attune.schema;

/** Foreign text that may stand in a sentence on a terminal. */
public final class Printable {
  /** The contract's length for the one text that a rejected record quotes. */
  private static final int MAX_LENGTH = 64;

  private Printable() {}

  /** At most 64 code points of it, without control characters and halves of surrogate pairs. */
  public static String shortened(String text) {
    return shortened(text, MAX_LENGTH);
  }

  /** At most so many code points of it, without control characters and halves of pairs. */
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
