package dev.attune.launcher.evaluation.figures;

import org.jspecify.annotations.Nullable;

/**
 * The figures of a model for one category.
 *
 * @param id id of the category
 * @param support number of examples that have the category
 * @param predicted number of answers with the category
 * @param correct number of correct answers with the category
 * @param precision correct of predicted, with Wilson interval; null if never predicted
 * @param recall correct of support, with Wilson interval; null without support
 * @param f1 harmonic mean of both, with the Wilson interval mapped to F1; null without both
 */
public record CategoryFigures(
    String id,
    int support,
    int predicted,
    int correct,
    @Nullable Estimate precision,
    @Nullable Estimate recall,
    @Nullable Estimate f1) {

  /** Returns whether the category occurs in examples or answers. */
  public boolean isSeen() {
    return support > 0 || predicted > 0;
  }
}
