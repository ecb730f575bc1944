package dev.attune.pipeline.write.report;

import java.util.Locale;

/** How figures are written on the page: the same on every machine, whatever its locale. */
final class Figures {
  /** NARROW NO-BREAK SPACE: a thousands separator that no reader takes for a decimal sign. */
  private static final char THIN_SPACE = '\u202f';

  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  /**
   * The first 19 characters of {@code sha256:…} are twelve hex digits: enough to compare by eye.
   */
  private static final int SHORT_IDENTITY = 19;

  private Figures() {}

  /** A whole number in groups of three digits. */
  static String count(long value) {
    String digits = Long.toString(value);
    StringBuilder out = new StringBuilder(digits.length() + digits.length() / 3);
    for (int i = 0; i < digits.length(); i++) {
      boolean afterDigit = i > 0 && digits.charAt(i - 1) != '-';
      if (afterDigit && (digits.length() - i) % 3 == 0) {
        out.append(THIN_SPACE);
      }
      out.append(digits.charAt(i));
    }
    return out.toString();
  }

  /** A size in powers of 1000, with one decimal below ten, e.g. {@code 1.4 MB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    String pattern = unit > 0 && value < 9.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, pattern, value) + THIN_SPACE + BYTE_UNITS[unit];
  }

  /** The first characters of a long identity; a short one, such as a watermark, as it is. */
  static String shortIdentity(String identity) {
    if (identity.codePointCount(0, identity.length()) <= SHORT_IDENTITY + 5) {
      return identity;
    }
    return identity.substring(0, identity.offsetByCodePoints(0, SHORT_IDENTITY)) + "…";
  }
}
