package dev.attune.pipeline.redact.phone;

import dev.attune.pipeline.accounting.PersonalKind;
import dev.attune.pipeline.redact.finder.DigitRuns;
import dev.attune.pipeline.redact.finder.Span;
import dev.attune.pipeline.redact.finder.Text;
import dev.attune.pipeline.redact.phone.PhoneRules.Standing;
import java.util.function.Consumer;

/**
 * Finds the telephone numbers in groups of digits with separators between them. A national number
 * is the whole stretch, or begins after small numbers (12, 5 - 7, 2021), a bracket or another
 * number, and ends at the end, at a sign that separates numbers, or where the next one begins.
 *
 * @param last its last group of digits
 * @param from where it begins in the text, with a + or a bracket
 * @param found receives the numbers
 */
record PhoneStretch(String text, DigitRuns digits, int last, int from, Consumer<Span> found) {
  private static final int LEAST_DIGITS = 7;
  private static final int LEAST_NATIONAL_DIGITS = 9;

  /** 3 digits of the country code and 15 more exceed the numbers of every country. */
  private static final int MOST_DIGITS = 17;

  /**
   * After more groups a number is part of a table: otherwise each round would find one at its end.
   */
  private static final int MOST_GROUPS = 20;

  /** A stretch with more groups is more than one number. */
  private static final int MOST_OF_STRETCH = 15;

  /** A small number has at most this many digits, or is a year. */
  private static final int SMALL = 2;

  private static final int YEAR = 4;
  private static final int AREA = 3;
  private static final int LINE = 4;

  /** How many ends of a number are tried, from the last one on. */
  private static final int MOST_ENDS = 4;

  /** Passes on the numbers. */
  void find(int first) {
    int group = first;
    int free = from;
    boolean fresh = true;
    boolean small = true;
    boolean inList = false;
    while (group <= last && digits.end(last) - digits.start(group) >= LEAST_DIGITS) {
      boolean zero = isZero(group);
      boolean few = group - first < MOST_GROUPS;
      boolean behindSmall =
          few && small && !inList && zero && length(group) > 1 && isBlankBefore(group);
      int end = numberAt(group, free, fresh, behindSmall || isTail(first, group, inList));
      if (end >= group) {
        free = digits.end(end);
        group = end + 1;
        fresh = true;
        small = true;
        inList = false;
        continue;
      }
      small &= isSmall(group);
      inList = zero;
      fresh = false;
      group++;
    }
  }

  /** Returns the last group of the number that begins with a group, or -1 if there is none. */
  private int numberAt(int group, int free, boolean fresh, boolean mayBegin) {
    int plus = fresh ? plusBefore(group, free) : -1;
    if (plus >= 0) {
      int end = international(group, plus, free);
      if (end >= group) {
        return end;
      }
    }
    if (isZero(group)) {
      int word = endOfWord(group);
      return fresh || mayBegin || opens(group, free)
          ? withZero(group, free)
          : word >= group && isBlankBefore(group) ? national(group, word, free) : -1;
    }
    return american(group, free, fresh);
  }

  private int plusBefore(int group, int free) {
    for (int i = digits.start(group) - 1; i >= free; i--) {
      if (text.charAt(i) == '+') {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the end of the whole stretch, of its longest valid part, or of the part before another
   * number.
   */
  private int international(int first, int plus, int free) {
    int end = endWithin(first, MOST_DIGITS);
    Standing whole = end == last ? standing(first, end, plus) : Standing.NONE;
    if (whole != Standing.NONE) {
      return accept(first, end, plus, free, true) ? end : -1;
    }
    int possible = -1;
    int tries = 0;
    for (int i = end == last ? end - 1 : end; i >= first && tries < MOST_ENDS; i--) {
      if (!parts(i)) {
        continue;
      }
      tries++;
      Standing standing = standing(first, i, plus);
      if (standing == Standing.VALID) {
        return accept(first, i, plus, free, true) ? i : -1;
      }
      boolean ends = divides(i) || (i + 1 == last && length(last) <= SMALL);
      possible = standing == Standing.POSSIBLE && ends ? Math.max(i, possible) : possible;
    }
    return possible >= 0 && accept(first, possible, plus, free, true) ? possible : -1;
  }

  private Standing standing(int first, int end, int plus) {
    int count = count(first, end);
    return count < LEAST_DIGITS
        ? Standing.NONE
        : PhoneRules.international(text.substring(plus, digits.end(end)), count);
  }

  private int withZero(int first, int free) {
    int end = endWithin(first, MOST_DIGITS);
    if (end == last && national(first, end, free) >= 0) {
      return end;
    }
    boolean international = isInternational(first);
    int word = endOfWord(first);
    int tries = 0;
    for (int i = end == last ? end - 1 : end; i >= first && tries < MOST_ENDS; i--) {
      if (divides(i) || beginsAnother(first, i) || i == word || (international && parts(i))) {
        tries++;
        if (national(first, i, free) >= 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Returns the end if it is a number of a country whose numbers begin with 0, or -1. */
  private int national(int first, int end, int free) {
    int count = count(first, end);
    if (count < LEAST_NATIONAL_DIGITS
        || count > MOST_DIGITS
        || isDecimal(first)
        || FigurePattern.isNoNumber(text, digits, first, end)) {
      return -1;
    }
    String figures = figures(first, end);
    return isNational(figures) && accept(first, end, digits.start(first), free, false) ? end : -1;
  }

  private static boolean isNational(String figures) {
    // 00 means the + in front of a country code, and no country code begins with 0.
    if (figures.startsWith("00")) {
      return figures.charAt(2) != '0'
          && PhoneRules.international("+" + figures.substring(2), figures.length() - 2)
              == Standing.VALID;
    }
    return PhoneRules.isNational(figures.substring(1));
  }

  /** Returns the end of a number in groups of 3, 3 and 4, with or without a leading 1, or -1. */
  private int american(int first, int free, boolean fresh) {
    boolean one = length(first) == 1 && text.charAt(digits.start(first)) == '1';
    int area = one ? first + 1 : first;
    int end = area + 2;
    boolean whole = fresh && end == last;
    if (!isAmerican(area)
        || !(fresh || isApart(first))
        || !(end == last || isApart(end + 1))
        || !(whole || !isPlain(area) || isPlainList(first, fresh))) {
      return -1;
    }
    return PhoneRules.isAmerican(figures(area, end))
            && accept(first, end, digits.start(first), free, false)
        ? end
        : -1;
  }

  private boolean isAmerican(int area) {
    return area + 2 <= last
        && length(area) == AREA
        && length(area + 1) == AREA
        && length(area + 2) == LINE
        && text.charAt(digits.start(area)) >= '2'
        && text.charAt(digits.start(area + 1)) >= '2';
  }

  /** Returns whether the three groups are separated by blanks only. */
  private boolean isPlain(int area) {
    return Text.isBlank(text.charAt(digits.end(area)))
        && Text.isBlank(text.charAt(digits.end(area + 1)));
  }

  /**
   * Returns whether blanks may separate the groups: in a list of such numbers, but not in a row of
   * other numbers.
   */
  private boolean isPlainList(int first, boolean fresh) {
    boolean one = length(first) == 1;
    int next = first + (one ? 4 : 3);
    return fresh && isAmerican(one ? next + 1 : next);
  }

  private boolean accept(int first, int end, int start, int free, boolean international) {
    int begin = withBracket(start, free, digits.end(end));
    int finish = PhoneExtension.endBehind(text, digits.end(end));
    boolean divided = first < end;
    if (!PhoneNeighbours.allow(text, begin, digits.end(end), divided, international)) {
      return false;
    }
    found.accept(new Span(begin, finish, PersonalKind.PHONE));
    return true;
  }

  /** Returns the index of the bracket that is closed within the number, or the start. */
  private int withBracket(int start, int free, int end) {
    boolean open = start > free && text.charAt(start - 1) == '(';
    return open && Text.lastIndexOf(text, ')', start, end) > start ? start - 1 : start;
  }

  /**
   * Returns the last group up to which there are at most this many digits, or a group before the
   * first.
   */
  private int endWithin(int first, int most) {
    int count = 0;
    int end = first;
    while (end <= last && count + length(end) <= most) {
      count += length(end);
      end++;
    }
    return end - 1;
  }

  private int count(int first, int end) {
    int count = 0;
    for (int i = first; i <= end; i++) {
      count += length(i);
    }
    return count;
  }

  private String figures(int first, int end) {
    StringBuilder figures = new StringBuilder(MOST_DIGITS);
    for (int i = first; i <= end; i++) {
      figures.append(text, digits.start(i), digits.end(i));
    }
    return figures.toString();
  }

  private int length(int group) {
    return digits.end(group) - digits.start(group);
  }

  private boolean isZero(int group) {
    return text.charAt(digits.start(group)) == '0';
  }

  private boolean isSmall(int group) {
    return length(group) <= SMALL
        || (length(group) == YEAR && DateShape.isYear(text, digits.start(group)));
  }

  /**
   * Returns whether a hyphen precedes: the digits may be the second half of an order number,
   * 2023-0123456789.
   */
  private boolean isBlankBefore(int group) {
    return Text.isBlank(Text.at(text, digits.start(group) - 1));
  }

  private boolean opens(int group, int free) {
    int i = digits.start(group) - 1;
    return i >= free && text.charAt(i) == '(';
  }

  /** Returns the end of a number without blanks that is surrounded by blanks, or -1. */
  private int endOfWord(int first) {
    int end = first;
    int count = length(first);
    while (end < last && count <= MOST_DIGITS && !has(end, ' ')) {
      end++;
      count += length(end);
    }
    return count >= LEAST_NATIONAL_DIGITS && count <= MOST_DIGITS ? end : -1;
  }

  /** Returns whether the digits begin with 00, which means +. */
  private boolean isInternational(int first) {
    return text.startsWith("00", digits.start(first));
  }

  /**
   * Returns whether a number may begin with the group because the stretch has too many digits for
   * one number: a blank precedes, and it has one leading zero.
   */
  private boolean isTail(int first, int group, boolean inList) {
    return group > first
        && !inList
        && isZero(group)
        && length(group) > 1
        && isBlankBefore(group)
        && last - first < MOST_GROUPS
        && endWithin(first, MOST_OF_STRETCH) < last;
  }

  /** Recognizes a fraction, 0.123, and the number of a book, 0-306-40615-2. */
  private boolean isDecimal(int first) {
    char next = Text.at(text, digits.end(first));
    return length(first) == 1 && (next == '.' || next == '-');
  }

  private boolean isApart(int group) {
    return has(group - 1, ' ') || has(group - 1, '/') || has(group - 1, '(');
  }

  /** Returns whether a number may end with the group because what follows is separate. */
  private boolean parts(int group) {
    return group == last || isApart(group + 1);
  }

  /** Returns whether a sign follows that separates numbers. */
  private boolean divides(int group) {
    if (group == last || has(group, '/') || has(group, '(')) {
      return true;
    }
    boolean dash = has(group, '-') || has(group, '\u2013') || has(group, '\u2014');
    return dash && has(group, ' ');
  }

  /** Returns whether another area code begins after a blank: 0171 1234567 0172 2345678. */
  private boolean beginsAnother(int first, int group) {
    return group < last
        && has(group, ' ')
        && length(first) >= AREA
        && length(group + 1) >= AREA
        && isZero(group + 1);
  }

  /** Returns whether a character is between a group and the next one. */
  private boolean has(int group, char c) {
    return Text.lastIndexOf(text, c, digits.end(group), digits.start(group + 1)) >= 0;
  }
}
