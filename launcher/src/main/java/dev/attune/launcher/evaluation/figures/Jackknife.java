package dev.attune.launcher.evaluation.figures;

/**
 * How far a figure may be off, estimated by computing it again with one example at a time at half
 * its weight. The plain jackknife (Quenouille 1949, Tukey 1958) leaves the example out instead: a
 * category with one example then disappears from the mean, and the estimates of rare categories are
 * too noisy. The infinitesimal jackknife (Jaeckel 1972) changes the weight by next to nothing, and
 * its standard errors are too small. Half the weight is between the two, as the HC2 variance is
 * between HC3 and HC0 (MacKinnon and White 1985). docs/adr/0015 shows what was compared.
 *
 * @param value the figure of all examples
 * @param bias by how much the figure is too high on average; 0 for a mean
 * @param standardError 0 where no example changes the figure
 */
record Jackknife(double value, double bias, double standardError) {
  /** The weight of the example in turn; the others weigh 1. */
  static final double WEIGHT = 0.5;

  /** What the change of the figure is divided by, so that it counts for the whole example. */
  private static final double STEP = 1 - WEIGHT;

  /** Below this a standard error is rounding: one example of 100,000 moves a mean by more. */
  private static final double ROUNDING = 1e-9;

  /**
   * Estimates.
   *
   * @param halved the figure with the first example at half its weight, with the second one, and so
   *     on
   */
  static Jackknife of(double value, double[] halved) {
    double sum = 0;
    for (double figure : halved) {
      sum += figure - value;
    }
    double mean = sum / halved.length;
    double squares = 0;
    for (double figure : halved) {
      double distance = figure - value - mean;
      squares += distance * distance;
    }
    double standardError = Math.sqrt(squares) / STEP;
    return new Jackknife(value, sum / (STEP * STEP), standardError < ROUNDING ? 0 : standardError);
  }

  /** For the first figure less the second one, both of the same examples. */
  static Jackknife ofDifference(Jackknife one, double[] halved, Jackknife two, double[] others) {
    double[] differences = new double[halved.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = halved[i] - others[i];
    }
    return of(one.value - two.value, differences);
  }

  /** The figure less its bias. */
  double corrected() {
    return value - bias;
  }

  /**
   * The interval of a figure between 0 and 1: Wilson's around the corrected figure, for as many
   * examples as would give a plain share the same standard error.
   *
   * @param examples how many of them are taken where the standard error is 0, as it is without any
   *     mistake
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
   * @param fallback the interval where the standard error is 0, as it is where no answer differs
   */
  Estimate difference(Estimate fallback) {
    return standardError == 0
        ? fallback.around(value)
        : Estimate.symmetric(value, corrected(), standardError);
  }
}
