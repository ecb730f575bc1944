package dev.attune.pipeline.redact;

/** Dates in figures: three groups of digits between equal separators, one of them a year. */
final class DateShape {
  private static final int GROUPS = 3;
  private static final int YEAR = 4;

  private DateShape() {}

  /** Whether three neighbouring groups are a date such as 03.04.2021 or 2021-04-03. */
  static boolean isIn(String text) {
    int[] starts = new int[GROUPS];
    int[] ends = new int[GROUPS];
    int i = 0;
    while (i < text.length()) {
      if (!Text.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (Text.isDigitAt(text, i)) {
        i++;
      }
      System.arraycopy(starts, 1, starts, 0, GROUPS - 1);
      System.arraycopy(ends, 1, ends, 0, GROUPS - 1);
      starts[GROUPS - 1] = start;
      ends[GROUPS - 1] = i;
      if (isDate(text, starts, ends)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDate(String text, int[] starts, int[] ends) {
    if (ends[0] == 0 || !isDayOrMonth(text, starts[1], ends[1])) {
      return false;
    }
    char separator = Text.at(text, ends[0]);
    if (isShortDate(text, starts, ends, separator)) {
      return true;
    }
    boolean divided =
        starts[1] == ends[0] + 1
            && starts[2] == ends[1] + 1
            && Text.at(text, ends[1]) == separator
            && (separator == '.' || separator == '-' || separator == '/');
    boolean yearFirst = isYear(text, starts[0], ends[0]) && isDayOrMonth(text, starts[2], ends[2]);
    boolean yearLast = isYear(text, starts[2], ends[2]) && isDayOrMonth(text, starts[0], ends[0]);
    return divided && (yearFirst || yearLast);
  }

  /** As 03.04.21, with nothing like it in front or behind. */
  private static boolean isShortDate(String text, int[] starts, int[] ends, char separator) {
    return (separator == '.' || separator == '/')
        && starts[1] == ends[0] + 1
        && starts[2] == ends[1] + 1
        && ends[2] == starts[2] + 2
        && Text.at(text, ends[1]) == separator
        && Text.at(text, starts[0] - 1) != separator
        && Text.at(text, ends[2]) != separator
        && isDayOrMonth(text, starts[0], ends[0]);
  }

  private static boolean isYear(String text, int start, int end) {
    return end - start == YEAR && (text.startsWith("19", start) || text.startsWith("20", start));
  }

  private static boolean isDayOrMonth(String text, int start, int end) {
    int length = end - start;
    return length == 1 || (length == 2 && text.charAt(start) <= '3');
  }
}
