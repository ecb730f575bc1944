package dev.attune.pipeline.redact.phone;

import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Text;

/**
 * Recognizes groups of digits with a leading zero that are not telephone numbers: ranges, times,
 * lists.
 */
final class FigurePattern {
  private static final int PAIR = 2;

  private FigurePattern() {}

  /** Returns whether these groups of digits are not a telephone number. */
  static boolean isNoNumber(String text, DigitRuns digits, int first, int end) {
    return end > first
        && (areRanges(text, digits, first, end)
            || areTimes(text, digits, first, end)
            || isListFromZero(text, digits, first, end));
  }

  /** Returns whether no group has more than two digits. */
  static boolean isOfSmall(String text, int start, int end) {
    int length = 0;
    for (int i = start; i < end; i++) {
      length = Text.isDigit(text.charAt(i)) ? length + 1 : 0;
      if (length > PAIR) {
        return false;
      }
    }
    return true;
  }

  /**
   * Recognizes 0800-1200 1300-1730 and 01067-01099: ranges between numbers with equally many
   * digits.
   */
  private static boolean areRanges(String text, DigitRuns digits, int first, int end) {
    if ((end - first) % PAIR == 0) {
      return false;
    }
    for (int i = first; i < end; i += PAIR) {
      int length = digits.end(i) - digits.start(i);
      boolean hyphen =
          digits.start(i + 1) == digits.end(i) + 1 && isHyphen(text.charAt(digits.end(i)));
      boolean parted = i + 1 == end || !isHyphen(text.charAt(digits.end(i + 1)));
      if (!hyphen
          || !parted
          || length <= PAIR
          || length != digits.end(i + 1) - digits.start(i + 1)
          || !isBefore(text, digits.start(i), digits.start(i + 1), length)) {
        return false;
      }
    }
    return end - first > 1 || text.charAt(digits.start(end)) == '0';
  }

  private static boolean isHyphen(char c) {
    return c == '-' || c == '\u2013';
  }

  private static boolean isBefore(String text, int one, int other, int length) {
    for (int i = 0; i < length; i++) {
      if (text.charAt(one + i) != text.charAt(other + i)) {
        return text.charAt(one + i) < text.charAt(other + i);
      }
    }
    return false;
  }

  /** Recognizes 08.15 09.30: pairs of digits, separated by dots and something else. */
  private static boolean areTimes(String text, DigitRuns digits, int first, int end) {
    int dots = 0;
    for (int i = first; i <= end; i++) {
      if (digits.end(i) - digits.start(i) > PAIR) {
        return false;
      }
      dots += i < end && text.charAt(digits.end(i)) == '.' ? 1 : 0;
    }
    return dots > 0 && dots < end - first;
  }

  /** Recognizes 0 22 33 44 55: a zero and pairs of digits, separated by blanks. */
  private static boolean isListFromZero(String text, DigitRuns digits, int first, int end) {
    if (digits.end(first) - digits.start(first) > 1 || text.charAt(digits.end(first)) != ' ') {
      return false;
    }
    for (int i = first + 1; i <= end; i++) {
      if (digits.end(i) - digits.start(i) != PAIR || digits.start(i) != digits.end(i - 1) + 1) {
        return false;
      }
    }
    return true;
  }
}
