package dev.attune.launcher.evaluation.figures;

/**
 * Estimates bias and standard error of a figure: computes it again with the weight of one example
 * at a time reduced. The plain jackknife (Quenouille 1949, Tukey 1958) leaves the example out: a
 * category with one example then disappears from the mean of all, and its standard errors are too
 * large. The infinitesimal jackknife (Jaeckel 1972) changes the weight by next to nothing, and its
 * standard errors are too small. The weight here is between the two; docs/adr/0015 shows what was
 * compared.
 *
 * @param value the figure of all examples
 * @param bias by how much the figure is too high on average; 0 for a mean
 * @param standardError 0 if no example changes the figure
 */
record Jackknife(double value, double bias, double standardError) {
  /** Reduction of the weight of one example; the weight of all others stays 1. */
  static final double STEP = 0.6;

  /** Below this a standard error is rounding: one example of 100,000 moves a mean by more. */
  private static final double ROUNDING = 1e-9;

  /**
   * Estimates bias and standard error from the changed figures.
   *
   * @param value the figure with all examples at weight 1
   * @param lighter for each example, the figure computed with its weight reduced
   */
  static Jackknife of(double value, double[] lighter) {
    double sum = 0;
    for (double figure : lighter) {
      sum += figure - value;
    }
    double mean = sum / lighter.length;
    double squares = 0;
    for (double figure : lighter) {
      double distance = figure - value - mean;
      squares += distance * distance;
    }
    double standardError = Math.sqrt(squares) / STEP;
    return new Jackknife(value, sum / (STEP * STEP), standardError < ROUNDING ? 0 : standardError);
  }

  /** Estimates the difference of two figures (first minus second) of the same examples. */
  static Jackknife ofDifference(Jackknife one, double[] lighter, Jackknife two, double[] others) {
    double[] differences = new double[lighter.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = lighter[i] - others[i];
    }
    return of(one.value - two.value, differences);
  }

  /** Returns the figure minus its bias. */
  double corrected() {
    return value - bias;
  }

  /**
   * Returns the interval of a figure between 0 and 1: Wilson's interval around the corrected
   * figure, for the number of examples that would give a plain share the same standard error.
   *
   * @param examples number of examples to use if the standard error is 0, e.g. without mistakes
   */
  Estimate share(int examples) {
    if (standardError == 0) {
      return Estimate.wilson(value, value, examples);
    }
    // With a handful of examples the correction can reach 0 or 1, where no share has an error.
    double centre = Math.min(Math.max(corrected(), value / 2), (1 + value) / 2);
    double effective = centre * (1 - centre) / (standardError * standardError);
    return Estimate.wilson(value, centre, effective);
  }

  /**
   * The interval of a difference. It reaches equally far to both sides of the corrected figure.
   *
   * @param fallback the interval to use if the standard error is 0, e.g. if no answer differs
   */
  Estimate difference(Estimate fallback) {
    return standardError == 0
        ? fallback.around(value)
        : Estimate.symmetric(value, corrected(), standardError);
  }
}
