package dev.attune.pipeline.redact;

import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import dev.attune.pipeline.accounting.PersonalKind;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Telephone numbers that libphonenumber takes for valid: with + and a country code those of the
 * whole world; the national forms of Great Britain, France and Germany, which begin with 0; and
 * those of North America, in groups of 3, 3 and 4. The library takes 10 to 100 microseconds a
 * number, so it is shown only runs of digits and separators that have such a shape.
 */
final class PhoneFinder implements Finder {
  private static final PhoneNumberUtil PHONES = PhoneNumberUtil.getInstance();

  /** Any will do where a country code is written. */
  private static final String ANY = "GB";

  private static final List<String> WITH_ZERO = List.of("DE", "GB", "FR");
  private static final String NORTH_AMERICA = "US";

  /** The shortest valid numbers with a country code have 7; national ones of fewer are not told. */
  private static final int LEAST_DIGITS = 7;

  private static final int LEAST_NATIONAL_DIGITS = 9;
  private static final int LEAST_POSSIBLE_DIGITS = 10;

  /** A small figure has so many digits, or is a year. */
  private static final int SMALL = 2;

  private static final int YEAR = 4;

  /** Of a run, each beginning with another group of figures. */
  private static final int MOST_PARTS = 5;

  /** An extension may follow: " ext. 1234". */
  private static final int EXTENSION = 20;

  /** More of them in a row, as in " - (", are no part of a number. */
  private static final int MOST_SEPARATORS = 4;

  /** A run in which the library has tried so many wrong ones is no list of numbers. */
  private static final long MOST_TRIES = 50;

  @Override
  public boolean mayHold(Glance glance) {
    return glance.digits() >= LEAST_DIGITS;
  }

  @Override
  public void find(String text, DigitRuns digits, Consumer<Span> found) {
    int free = 0;
    for (int run = 0; run < digits.count(); run++) {
      if (digits.start(run) >= free) {
        int start = startOfRun(text, free, digits.start(run));
        free = endOfRun(text, start);
        betweenDates(text, start, free, found);
      }
    }
  }

  /** The first + or bracket in what stands between letters and a figure, or the figure. */
  private static int startOfRun(String text, int free, int figure) {
    int start = figure;
    int limit = Math.max(free, figure - MOST_SEPARATORS);
    for (int i = figure - 1; i >= limit && isSeparator(text.charAt(i)); i--) {
      start = begins(text.charAt(i)) ? i : start;
    }
    return start;
  }

  private static boolean begins(char c) {
    return isPlus(c) || c == '(';
  }

  private static boolean isPlus(char c) {
    return c == '+' || c == '\uFF0B';
  }

  private static int endOfRun(String text, int start) {
    int end = start;
    int separators = 0;
    int i = start;
    while (i < text.length() && separators <= MOST_SEPARATORS) {
      char c = text.charAt(i++);
      if (Text.isAnyDigit(c)) {
        separators = 0;
        end = i;
      } else if (isPlus(c) && end > start) {
        // Nothing goes on with a plus: another number begins.
        break;
      } else if (isSeparator(c) && !(c == '.' && Text.isBlank(Text.at(text, i)))) {
        separators++;
      } else {
        break;
      }
    }
    return Math.max(end, start + 1);
  }

  /** Dates are no numbers, and often stand next to some: each part between them is a run. */
  private static void betweenDates(String text, int start, int end, Consumer<Span> found) {
    int from = start;
    while (end - from >= LEAST_DIGITS) {
      int[] date = DateShape.first(text, from, end);
      inRun(text, beginning(text, from, end), date == null ? end : date[0], found);
      from = date == null ? end : date[1];
    }
  }

  private static int beginning(String text, int from, int end) {
    int i = from;
    while (i < end && !begins(text.charAt(i)) && !Text.isAnyDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static void inRun(String text, int start, int end, Consumer<Span> found) {
    Shape shape = Shape.of(text, start, end);
    if (shape.digits() < LEAST_DIGITS) {
      return;
    }
    boolean any =
        shape.international() && match(text, start, end, ANY, PhoneFinder::isInternational, found);
    if (!any && shape.withZero() && shape.digits() >= LEAST_NATIONAL_DIGITS) {
      any = withZero(text, start, end, found);
    }
    if (!any && shape.inThreeThreeFour()) {
      match(text, start, end, NORTH_AMERICA, PhoneFinder::isAmerican, found);
    }
  }

  /** The whole run, or the part of it that begins behind small figures: 12, 5 - 7, 2021. */
  private static boolean withZero(String text, int start, int end, Consumer<Span> found) {
    int from = start;
    for (int part = 0; part < MOST_PARTS && from < end; part++) {
      for (String region : WITH_ZERO) {
        if (match(text, from, end, region, PhoneFinder::isNational, found)) {
          return true;
        }
      }
      from = behindSmallFigures(text, from, end);
    }
    return false;
  }

  /** The next group with a zero in front and enough behind it, or the end where there is none. */
  private static int behindSmallFigures(String text, int from, int end) {
    boolean inList = false;
    int i = from;
    while (i < end) {
      int start = i;
      while (i < end && Text.isAnyDigit(text.charAt(i))) {
        i++;
      }
      // Behind a hyphen it may as well be the second half of an order number, 2023-0123456789.
      boolean apart = start > from && Text.isBlank(text.charAt(start - 1));
      boolean zero = i - start > 1 && isZero(text.charAt(start));
      if (apart && zero && !inList) {
        return Shape.of(text, start, end).digits() < LEAST_NATIONAL_DIGITS ? end : start;
      }
      boolean year = i - start == YEAR && DateShape.isYear(text, start);
      if (i - start > SMALL && !year) {
        return end;
      }
      // 01 02 03 is a list, however it goes on.
      inList = zero;
      while (i < end && !Text.isAnyDigit(text.charAt(i))) {
        i++;
      }
    }
    return end;
  }

  private static boolean isZero(char c) {
    return Character.digit(c, 10) == 0;
  }

  /** Whether a number was found; what else stands in the run is found when that is replaced. */
  private static boolean match(
      String text,
      int start,
      int end,
      String region,
      Predicate<PhoneNumberMatch> form,
      Consumer<Span> found) {
    boolean any = false;
    int from = Math.max(0, start - 1);
    String window = text.substring(from, endOfWindow(text, end));
    for (PhoneNumberMatch match :
        PHONES.findNumbers(window, region, Leniency.POSSIBLE, MOST_TRIES)) {
      int first = from + match.start();
      int last = from + match.end();
      if (first >= end) {
        break;
      }
      if (form.test(match)
          && !Text.isWordAt(text, first - 1)
          && !Text.isWordAt(text, last)
          && Text.at(text, first - 1) != '#'
          && DateShape.first(match.rawString(), 0, match.rawString().length()) == null
          && !isOtherNumber(text, first, match.rawString())) {
        found.accept(new Span(first, last, PersonalKind.PHONE));
        any = true;
      }
    }
    return any;
  }

  /** Behind the run there may be an extension: "ext. 12", "x12", "#12". */
  private static int endOfWindow(String text, int end) {
    int next = end;
    while (Text.isBlank(Text.at(text, next)) || Text.at(text, next) == ',') {
      next++;
    }
    char c = Text.at(text, next);
    boolean extended = c == 'e' || c == 'E' || c == 'x' || c == 'X' || c == '#' || c == ';';
    return extended ? Math.min(text.length(), end + EXTENSION) : end;
  }

  /**
   * Numbers kept for fiction and new ranges are not valid to the library; of those that say their
   * country it is enough that they have one of its lengths.
   */
  private static boolean isInternational(PhoneNumberMatch match) {
    String raw = match.rawString();
    char first = Text.at(raw, raw.startsWith("(") ? 1 : 0);
    return isPlus(first)
        && (PHONES.isValidNumber(match.number())
            || (Shape.of(raw, 0, raw.length()).digits() >= LEAST_POSSIBLE_DIGITS
                && PHONES.isPossibleNumberWithReason(match.number())
                    == ValidationResult.IS_POSSIBLE));
  }

  private static boolean isNational(PhoneNumberMatch match) {
    String raw = match.rawString();
    return Text.at(raw, raw.startsWith("(") ? 1 : 0) == '0'
        && Shape.of(raw, 0, raw.length()).digits() >= LEAST_NATIONAL_DIGITS
        && PHONES.isValidNumber(match.number());
  }

  private static boolean isAmerican(PhoneNumberMatch match) {
    String raw = match.rawString();
    return Shape.of(raw, 0, raw.length()).inThreeThreeFour()
        && PHONES.isValidNumber(match.number());
  }

  /** A fraction, or the number of a book: an ISBN-10 begins with one digit and a hyphen. */
  private static boolean isOtherNumber(String text, int start, String raw) {
    int from = Math.max(0, start - "ISBN-13: 978-".length());
    return raw.startsWith("0-")
        || raw.startsWith("0.")
        || text.substring(from, start).contains("ISBN");
  }

  private static boolean isSeparator(char c) {
    return switch (c) {
      case ' ', '-', '.', '/', '(', ')', '+', '\u00A0', '\u2009', '\u202F', '\uFF0B' -> true;
      default -> c >= '\u2010' && c <= '\u2015';
    };
  }

  /**
   * What a run of digits and separators looks like.
   *
   * @param digits how many
   * @param international whether a + stands in front of a digit
   * @param withZero whether a group begins with 0
   * @param inThreeThreeFour whether three neighbouring groups have the lengths of a number of North
   *     America, the first and second beginning with 2 or more
   */
  private record Shape(
      int digits, boolean international, boolean withZero, boolean inThreeThreeFour) {
    private static final int AREA = 3;
    private static final int LINE = 4;

    static Shape of(String text, int start, int end) {
      int digits = 0;
      boolean plus = false;
      boolean zero = false;
      boolean american = false;
      int beforeLast = 0;
      int last = 0;
      int i = start;
      while (i < end) {
        char c = text.charAt(i);
        if (!Text.isAnyDigit(c)) {
          plus |= isPlus(c);
          i++;
          continue;
        }
        int first = i;
        while (i < end && Text.isAnyDigit(text.charAt(i))) {
          i++;
        }
        int length = i - first;
        digits += length;
        zero |= isZero(c);
        american |= length == LINE && last == AREA && beforeLast == AREA;
        beforeLast = last;
        boolean notAmerican = length == AREA && Character.digit(c, 10) < 2;
        last = notAmerican ? 0 : length;
      }
      return new Shape(digits, plus, zero, american);
    }
  }
}
