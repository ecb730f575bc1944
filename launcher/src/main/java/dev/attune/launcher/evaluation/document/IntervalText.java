package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.page.FigureText;
import org.jspecify.annotations.Nullable;

/** Writes figures with their intervals, on the page and on a terminal. */
public final class IntervalText {
  private IntervalText() {}

  /** A share and its interval, e.g. {@code 0.893 (0.871 to 0.912)}; a dash where there is none. */
  public static String share(@Nullable Estimate estimate) {
    return estimate == null
        ? FigureText.NONE
        : FigureText.share(estimate.value(), estimate.low(), estimate.high());
  }

  /** A share without its interval, e.g. {@code 0.893}; a dash where there is none. */
  public static String value(@Nullable Estimate estimate) {
    return estimate == null ? FigureText.NONE : FigureText.share(estimate.value());
  }

  /** A difference and its interval, e.g. {@code +0.034 (-0.010 to +0.078)}. */
  public static String gain(@Nullable Estimate gain) {
    return gain == null ? FigureText.NONE : FigureText.gain(gain.value(), gain.low(), gain.high());
  }
}
