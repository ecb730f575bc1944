package dev.attune.pipeline.redact.phone;

import dev.attune.pipeline.redact.finder.CharacterCounts;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Finder;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.finder.Text;
import java.util.function.Consumer;

/**
 * Finds telephone numbers: international ones with + and a country code; the national forms of
 * Great Britain, France and Germany, which begin with 0; and North American ones, in groups of 3, 3
 * and 4. It divides a text into stretches of digits and separators without dates, and {@link
 * PhoneStretch} finds the numbers in one. The number of calls of libphonenumber for each group of
 * digits is bounded, so the time is linear in the length of the text.
 */
public final class PhoneFinder implements Finder {
  /** The shortest valid numbers with a country code have 7. */
  private static final int LEAST_DIGITS = 7;

  /** Longer runs of separators end a number. */
  private static final int MOST_SEPARATORS = 4;

  @Override
  public boolean mayContain(CharacterCounts counts) {
    return counts.digits() >= LEAST_DIGITS;
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    int run = 0;
    int free = 0;
    while (run < digits.count()) {
      int start = startOfRun(text, free, digits.start(run));
      int last = lastOfRun(text, digits, run);
      if (digits.end(last) - start >= LEAST_DIGITS) {
        betweenDates(text, digits, run, last, start, found);
      }
      free = digits.end(last);
      run = last + 1;
    }
  }

  /** Returns the index of the first + or bracket before a digit, or of the digit. */
  private static int startOfRun(String text, int free, int figure) {
    int start = figure;
    int limit = Math.max(free, figure - MOST_SEPARATORS);
    for (int i = figure - 1; i >= limit && isSeparator(text.charAt(i)); i--) {
      start = begins(text.charAt(i)) ? i : start;
    }
    return start;
  }

  private static boolean begins(char c) {
    return c == '+' || c == '(';
  }

  /** Returns the last group of digits that follows with only separators in between. */
  private static int lastOfRun(String text, DigitRuns digits, int first) {
    int last = first;
    while (last + 1 < digits.count()
        && areSeparators(text, digits.end(last), digits.start(last + 1))) {
      last++;
    }
    return last;
  }

  private static boolean areSeparators(String text, int from, int to) {
    if (to - from > MOST_SEPARATORS) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      // Nothing goes on with a plus: another number begins.
      boolean plus = c == '+';
      boolean sentence = c == '.' && Text.isBlank(Text.at(text, i + 1));
      if (plus || sentence || !isSeparator(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Searches the parts between dates: dates are not telephone numbers, but are often next to some.
   */
  private static void betweenDates(
      String text, DigitRuns digits, int first, int last, int start, Consumer<Span> found) {
    int group = first;
    int from = start;
    int end = digits.end(last);
    while (end - from >= LEAST_DIGITS) {
      int[] date = DateShape.first(text, from, end);
      int to = date == null ? end : date[0];
      int stretchEnd = group;
      while (stretchEnd <= last && digits.start(stretchEnd) < to) {
        stretchEnd++;
      }
      if (to - from >= LEAST_DIGITS) {
        new PhoneStretch(text, digits, stretchEnd - 1, from, found).find(group);
      }
      from = date == null ? end : date[1];
      group = stretchEnd;
      while (group <= last && digits.start(group) < from) {
        group++;
      }
    }
  }

  private static boolean isSeparator(char c) {
    return switch (c) {
      case ' ', '-', '.', '/', '(', ')', '+' -> true;
      default -> c >= '\u2013' && c <= '\u2015';
    };
  }
}
