package dev.attune.launcher.evaluation.report;

import dev.attune.launcher.evaluation.figures.Estimate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How figures are written, on the page and on a terminal: the same whatever the locale. */
public final class Written {
  /** For a figure that there is not. */
  private static final String NONE = "–";

  /** MINUS SIGN: as wide as the plus sign. */
  private static final char MINUS = '\u2212';

  private static final Pattern AFTER_JOINT = Pattern.compile("(?<=[_/-])");

  private Written() {}

  /** A share with three places, e.g. {@code 0.893}. */
  public static String share(@Nullable Estimate estimate) {
    return estimate == null ? NONE : share(estimate.value());
  }

  /** Its interval, e.g. {@code 0.871 – 0.912}; empty where there is no figure. */
  public static String interval(@Nullable Estimate estimate) {
    return estimate == null ? "" : share(estimate.low()) + " – " + share(estimate.high());
  }

  /** A difference with its sign, e.g. {@code +0.034}. */
  public static String gain(@Nullable Double gain) {
    if (gain == null) {
      return NONE;
    }
    String digits = share(Math.abs(gain));
    if (digits.equals("0.000")) {
      return digits;
    }
    return (gain < 0 ? MINUS : '+') + digits;
  }

  /** The interval of a difference. */
  public static String gains(Estimate gain) {
    return gain(gain.low()) + " – " + gain(gain.high());
  }

  /** Whether the interval lies on one side of 0, so that chance alone does not explain it. */
  public static boolean isClear(Estimate gain) {
    return gain.low() > 0 || gain.high() < 0;
  }

  /** A share in percent, e.g. {@code 3.1 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u202f%%", share * 100);
  }

  /** A whole number in groups of three digits. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  /** A name in the pieces that a narrow column may put on lines of their own. */
  static List<String> pieces(String name) {
    return List.of(AFTER_JOINT.split(name));
  }

  private static String share(double share) {
    return String.format(Locale.ROOT, "%.3f", share);
  }
}
