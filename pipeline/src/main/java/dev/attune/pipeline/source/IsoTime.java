package dev.attune.pipeline.source;

import java.time.LocalDate;

/**
 * Parses ISO-8601 times: {@code 2024-03-01}, {@code 2024-03-01T10:00}, optionally with seconds, a
 * fraction of any number of digits, and {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. A
 * blank may replace the T, and T and Z may be lower case, as in RFC 3339. A time without a zone is
 * UTC; digits beyond microseconds are dropped. Second 60, hour 24 and offsets beyond 18 hours are
 * invalid.
 */
public final class IsoTime {
  /** Describes the expected form in a sentence. */
  public static final String EXPECTED = "an ISO-8601 time such as 2024-03-01T10:00:30+01:00";

  /** The result for a text that is not a time. */
  public static final long INVALID = Long.MIN_VALUE;

  private static final long MICROS = 1_000_000;
  private static final long DAY_SECONDS = 86_400;
  private static final int MOST_OFFSET_HOURS = 18;

  private final String text;
  private int at;
  private boolean valid = true;

  private IsoTime(String text) {
    this.text = text.strip();
  }

  /** Returns the microseconds since 1970-01-01T00:00Z, or {@link #INVALID}. */
  public static long micros(String text) {
    return new IsoTime(text).read();
  }

  private long read() {
    long seconds = date() * DAY_SECONDS;
    long fraction = 0;
    if (valid && at < text.length()) {
      valid &= accept('T') || accept(' ') || accept('t');
      seconds += number(2, 23) * 3600L;
      expect(':');
      seconds += number(2, 59) * 60L;
      if (accept(':')) {
        seconds += number(2, 59);
        fraction = accept('.') || accept(',') ? fraction() : 0;
      }
      seconds -= offset();
    }
    return valid && at == text.length() ? seconds * MICROS + fraction : INVALID;
  }

  private long date() {
    int year = number(4, 9999);
    expect('-');
    int month = number(2, 12);
    expect('-');
    int day = number(2, 31);
    if (!valid || month == 0 || day == 0) {
      valid = false;
      return 0;
    }
    LocalDate first = LocalDate.of(year, month, 1);
    valid = day <= first.lengthOfMonth();
    return first.toEpochDay() + day - 1;
  }

  private long fraction() {
    int start = at;
    long micros = 0;
    while (at < text.length() && isDigit(text.charAt(at))) {
      micros = at - start < 6 ? micros * 10 + text.charAt(at) - '0' : micros;
      at++;
    }
    int digits = at - start;
    valid &= digits > 0;
    for (int i = digits; i < 6; i++) {
      micros *= 10;
    }
    return micros;
  }

  private long offset() {
    if (accept('Z') || accept('z') || at == text.length()) {
      return 0;
    }
    int sign = accept('-') ? -1 : 1;
    if (sign > 0) {
      expect('+');
    }
    long seconds = number(2, MOST_OFFSET_HOURS) * 3600L;
    if (at < text.length()) {
      accept(':');
      seconds += number(2, 59) * 60L;
    }
    valid &= seconds <= MOST_OFFSET_HOURS * 3600L;
    return sign * seconds;
  }

  private int number(int digits, int most) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      char c = at < text.length() ? text.charAt(at) : ' ';
      valid &= isDigit(c);
      number = number * 10 + c - '0';
      at++;
    }
    valid &= number <= most;
    return number;
  }

  private void expect(char c) {
    valid &= accept(c);
  }

  private boolean accept(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
