package dev.attune.pipeline.write.report;

import java.util.Locale;
import java.util.regex.Pattern;

/** How figures are written on the page: the same on every machine, whatever its locale. */
final class Figures {
  /** NARROW NO-BREAK SPACE: a thousands separator that no reader takes for a decimal sign. */
  private static final char THIN_SPACE = '\u202f';

  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private static final Pattern HASH = Pattern.compile("(?:sha256:)?[0-9a-f]{64}");

  /** Hex digits, 48 bits: enough to tell files apart by eye. */
  private static final int SHORT_HASH = 12;

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

  /** Whether a source's identity is a SHA-256; a watermark is not, and is shown as it is. */
  static boolean isHash(String identity) {
    return HASH.matcher(identity).matches();
  }

  /** The first digits of a SHA-256, with its prefix if it has one. */
  static String shortHash(String hash) {
    return hash.substring(0, hash.indexOf(':') + 1 + SHORT_HASH) + "…";
  }
}
