package dev.attune.launcher.console.progress;

import java.util.Locale;

/**
 * The unit and total of a step's progress.
 *
 * @param noun the counted things in the plural, or {@code bytes}
 * @param total 0 if unknown
 */
public record Amount(String noun, long total, boolean estimated) {
  private static final String BYTES = "bytes";
  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  /** The amount of a step without a count. */
  public static final Amount NONE = new Amount("", 0, false);

  /** Returns a number of things; 0 if unknown. */
  public static Amount of(long total, String noun) {
    return new Amount(noun, total, false);
  }

  /** Returns a number of bytes, shown in a unit that suits the total. */
  public static Amount bytes(long total) {
    return new Amount(BYTES, total, false);
  }

  /** Returns e.g. {@code 12 of 120 MB}, or {@code 12 MB} without a total. */
  String reached(long soFar) {
    boolean known = total > 0;
    int unit = unit(known ? total : soFar);
    String of = estimated ? " of about " : " of ";
    return number(soFar, unit) + (known ? of + number(total, unit) : "") + " " + named(unit);
  }

  /** Returns e.g. {@code 4.0 MB a second}. */
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
