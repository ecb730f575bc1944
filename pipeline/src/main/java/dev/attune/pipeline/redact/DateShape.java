package dev.attune.pipeline.redact;

import org.jspecify.annotations.Nullable;

/** Dates in figures: three groups of digits between equal separators, one of them a year. */
final class DateShape {
  private static final int GROUPS = 3;
  private static final int YEAR = 4;

  /** Of the last three groups of digits, the latest one last. */
  private final int[] starts = new int[GROUPS];

  private final int[] ends = new int[GROUPS];
  private final String text;

  private DateShape(String text) {
    this.text = text;
  }

  /**
   * The first date in a part of a text, such as 03.04.2021 or 2021-04-03.
   *
   * @return from where to where, or null for none
   */
  static int @Nullable [] first(String text, int from, int to) {
    DateShape shape = new DateShape(text);
    int i = from;
    while (i < to) {
      if (!Text.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < to && Text.isDigit(text.charAt(i))) {
        i++;
      }
      if (shape.endsIn(start, i)) {
        return new int[] {shape.starts[0], i};
      }
    }
    return null;
  }

  /** Whether a date ends in this group. */
  private boolean endsIn(int start, int end) {
    System.arraycopy(starts, 1, starts, 0, GROUPS - 1);
    System.arraycopy(ends, 1, ends, 0, GROUPS - 1);
    starts[GROUPS - 1] = start;
    ends[GROUPS - 1] = end;
    if (ends[0] == 0 || !isDayOrMonth(1)) {
      return false;
    }
    char separator = Text.at(text, ends[0]);
    boolean divided =
        starts[1] == ends[0] + 1 && starts[2] == ends[1] + 1 && Text.at(text, ends[1]) == separator;
    return divided && (isShort(separator) || isLong(separator));
  }

  /** As 03.04.21, with nothing like it in front or behind. */
  private boolean isShort(char separator) {
    return (separator == '.' || separator == '/')
        && ends[2] == starts[2] + 2
        && Text.at(text, starts[0] - 1) != separator
        && Text.at(text, ends[2]) != separator
        && isDayOrMonth(0);
  }

  private boolean isLong(char separator) {
    boolean separates = separator == '.' || separator == '-' || separator == '/';
    return separates && ((isYear(0) && isDayOrMonth(2)) || (isYear(2) && isDayOrMonth(0)));
  }

  private boolean isYear(int group) {
    return ends[group] - starts[group] == YEAR && isYear(text, starts[group]);
  }

  /** Whether four digits that stand there are a year of these centuries. */
  static boolean isYear(String text, int start) {
    return text.startsWith("19", start) || text.startsWith("20", start);
  }

  private boolean isDayOrMonth(int group) {
    int length = ends[group] - starts[group];
    return length == 1 || (length == 2 && text.charAt(starts[group]) <= '3');
  }
}
