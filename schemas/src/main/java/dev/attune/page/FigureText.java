package dev.attune.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * Formats figures, equally for pages and terminals, independent of machine and locale, in ASCII,
 * which every terminal can show.
 */
public final class FigureText {
  /** The text for a figure that was not measured. */
  public static final String NONE = "–";

  private static final int PLACES = 3;

  /**
   * The places in evaluation.json. Rounding to these first gives the same text for a figure read
   * from it.
   */
  private static final int PLACES_IN_FILES = 6;

  private static final String[] BYTE_UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private FigureText() {}

  /** Returns a whole number in groups of three digits, e.g. {@code 1,234,567}. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns a number of things, e.g. {@code 1 record} or {@code 2,000 records}. */
  public static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** Returns a share from 0 to 1 with three places, e.g. {@code 0.893}. */
  public static String share(double share) {
    return rounded(share).toPlainString();
  }

  private static String interval(double low, double high) {
    return share(low) + " to " + share(high);
  }

  /** Returns a share and its interval, e.g. {@code 0.893 (0.871 to 0.912)}. */
  public static String share(double share, double low, double high) {
    return share(share) + " (" + interval(low, high) + ")";
  }

  /** Returns a difference of two shares with its sign, e.g. {@code +0.034}; 0 has none. */
  public static String gain(double gain) {
    BigDecimal rounded = rounded(gain);
    return (rounded.signum() > 0 ? "+" : "") + rounded.toPlainString();
  }

  private static String gains(double low, double high) {
    return gain(low) + " to " + gain(high);
  }

  /** Returns a difference and its interval, e.g. {@code +0.034 (-0.010 to +0.078)}. */
  public static String gain(double gain, double low, double high) {
    return gain(gain) + " (" + gains(low, high) + ")";
  }

  /** Returns a share in percent, e.g. {@code 3.1%}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", share * 100);
  }

  /** Returns a size in powers of 1000, with one decimal below ten, e.g. {@code 1.4 MB}. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5) {
      value /= 1000;
      unit++;
    }
    String pattern = unit > 0 && value < 9.95 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, pattern, value, BYTE_UNITS[unit]);
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value)
        .setScale(PLACES_IN_FILES, RoundingMode.HALF_EVEN)
        .setScale(PLACES, RoundingMode.HALF_EVEN);
  }
}
