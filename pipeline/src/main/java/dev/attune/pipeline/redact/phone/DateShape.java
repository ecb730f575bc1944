package dev.attune.pipeline.redact.phone;

import dev.attune.pipeline.redact.finder.Text;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes numeric dates: three groups of digits with equal separators, one of them a year; a
 * month and a year, 04/2021; or a range of years, 2021/22 and 2019-2023.
 */
final class DateShape {
  private static final int GROUPS = 3;
  private static final int YEAR = 4;
  private static final int MONTHS = 12;

  /** The starts of the last three groups of digits, in order. */
  private final int[] starts = new int[GROUPS];

  private final int[] ends = new int[GROUPS];
  private final String text;

  private DateShape(String text) {
    this.text = text;
  }

  /** Returns the first date in a part of a text, such as 03.04.2021, 2021-04-03 or 2021/2022. */
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
      if (shape.endsWithYears()) {
        return new int[] {shape.starts[1], i};
      }
    }
    return null;
  }

  /** Adds a group of digits and returns whether a date ends with it. */
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

  /** Returns whether the last two groups are a month and a year, or a range of years. */
  private boolean endsWithYears() {
    if (ends[1] == 0 || starts[2] != ends[1] + 1) {
      return false;
    }
    char separator = text.charAt(ends[1]);
    char before = Text.at(text, starts[1] - 1);
    if (before == '-' || before == '.' || before == '/') {
      return false;
    }
    if (isYear(1)) {
      // Behind an area code it is the rest of a telephone number: 030 2019-2023.
      boolean free = ends[0] == 0 || ends[0] - starts[0] <= 2 || isYear(0);
      return free && (separator == '/' || isDash(separator)) && isLaterYear();
    }
    return isYear(2)
        && (separator == '/' || separator == '.')
        && ends[1] - starts[1] <= 2
        && Integer.parseInt(text, starts[1], ends[1], 10) <= MONTHS
        && !Text.isDigitAt(text, ends[2] + 1);
  }

  /** Returns whether the last group is a later year, or the last two digits of the next year. */
  private boolean isLaterYear() {
    int year = Integer.parseInt(text, starts[1], ends[1], 10);
    int length = ends[2] - starts[2];
    if (length == 2) {
      return Integer.parseInt(text, starts[2], ends[2], 10) == (year + 1) % 100;
    }
    return isYear(2) && Integer.parseInt(text, starts[2], ends[2], 10) > year;
  }

  private static boolean isDash(char c) {
    return c == '-' || (c >= '\u2013' && c <= '\u2015');
  }

  /** Returns whether the groups are a date such as 03.04.21 without another group next to it. */
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

  /** Returns whether the four digits at an index are a year from 1900 to 2099. */
  static boolean isYear(String text, int start) {
    return text.startsWith("19", start) || text.startsWith("20", start);
  }

  private boolean isDayOrMonth(int group) {
    int length = ends[group] - starts[group];
    return length == 1 || (length == 2 && text.charAt(starts[group]) <= '3');
  }
}
