package dev.attune.launcher.evaluation.figures;

import org.jspecify.annotations.Nullable;

/**
 * How good a model is at one category.
 *
 * @param id of the category
 * @param support in how many examples it is true
 * @param predicted in how many answers it was given
 * @param correct in how many of these rightly
 * @param precision correct of predicted, Wilson interval; null where it was never predicted
 * @param recall correct of support, Wilson interval; null where it is never true
 * @param f1 harmonic mean of both, Wilson interval mapped to F1; null where it was neither
 */
public record CategoryFigures(
    String id,
    int support,
    int predicted,
    int correct,
    @Nullable Estimate precision,
    @Nullable Estimate recall,
    @Nullable Estimate f1) {

  /** Whether anything was counted for it. */
  public boolean isSeen() {
    return support > 0 || predicted > 0;
  }
}
