package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.page.FigureText;
import org.jspecify.annotations.Nullable;

/** Formats figures with their intervals for evaluation.html and for terminals. */
public final class IntervalText {
  private IntervalText() {}

  /** Returns a share with its interval, e.g. {@code 0.893 (0.871 to 0.912)}; a dash for null. */
  public static String share(@Nullable Estimate estimate) {
    return estimate == null
        ? FigureText.NONE
        : FigureText.share(estimate.value(), estimate.low(), estimate.high());
  }

  /** Returns a share without its interval, e.g. {@code 0.893}; a dash for null. */
  public static String value(@Nullable Estimate estimate) {
    return estimate == null ? FigureText.NONE : FigureText.share(estimate.value());
  }

  /** Returns a difference with its interval, e.g. {@code +0.034 (-0.010 to +0.078)}. */
  public static String gain(@Nullable Estimate gain) {
    return gain == null ? FigureText.NONE : FigureText.gain(gain.value(), gain.low(), gain.high());
  }
}
