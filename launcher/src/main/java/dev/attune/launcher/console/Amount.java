package dev.attune.launcher.console;

import java.util.Locale;

/**
 * What a step counts, and how much of it there is.
 *
 * @param noun what is counted, in the plural, or {@code bytes}
 * @param total how much there is, or 0 where that is not known
 * @param estimated whether the total is an estimate
 */
public record Amount(String noun, long total, boolean estimated) {
  private static final String BYTES = "bytes";
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  /** Of a step that counts nothing. */
  public static final Amount NONE = new Amount("", 0, false);

  /** So many of something, 0 where that is not known. */
  public static Amount of(long total, String noun) {
    return new Amount(noun, total, false);
  }

  /** Bytes; shown in a unit that suits the total. */
  public static Amount bytes(long total) {
    return new Amount(BYTES, total, false);
  }

  /** {@code 12 of 120 MB}, or {@code 12 MB} where the total is not known. */
  String reached(long soFar) {
    boolean known = total > 0;
    int unit = unit(known ? total : soFar);
    String of = estimated ? " of about " : " of ";
    return number(soFar, unit) + (known ? of + number(total, unit) : "") + " " + named(unit);
  }

  /** {@code 4.0 MB a second}. */
  String rate(long perSecond) {
    int unit = unit(perSecond);
    return number(perSecond, unit) + (isBytes() ? " " + named(unit) : "") + " a second";
  }

  private boolean isBytes() {
    return noun.equals(BYTES);
  }

  private int unit(long value) {
    int unit = 0;
    for (double rest = value; isBytes() && rest >= 1000 && unit < UNITS.length - 1; rest /= 1000) {
      unit++;
    }
    return unit;
  }

  private String named(int unit) {
    return isBytes() ? UNITS[unit] : noun;
  }

  private static String number(long value, int unit) {
    double shown = value / Math.pow(1000, unit);
    return String.format(Locale.ROOT, unit > 0 && shown < 10 ? "%,.1f" : "%,.0f", shown);
  }
}
