package dev.attune.launcher.evaluation.figures;

import dev.attune.launcher.promotion.gate.PairCounts;

/**
 * A figure measured on a sample, and the 95% interval around it.
 *
 * @param value as measured
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Estimate(double value, double low, double high) {
  /** The 97.5% quantile of the normal distribution. */
  private static final double Z = 1.959963984540054;

  /**
   * A share with its Wilson score interval, which stays within 0 and 1 and keeps a width where the
   * share is 0 or 1 (Wilson 1927; without continuity correction).
   *
   * @param of how many there were; at least 1
   */
  static Estimate share(int count, int of) {
    if (of < 1 || count < 0 || count > of) {
      throw new IllegalArgumentException("no share: " + count + " of " + of);
    }
    double p = (double) count / of;
    return wilson(p, p, of);
  }

  /**
   * F1 of one category, 2 · correct / (support + predicted). Of the examples where the category is
   * true or predicted, the share where it is both (Jaccard's) is a plain share with a Wilson
   * interval, and F1 = 2J / (1 + J) of it rises with it: so do the ends of the interval.
   *
   * @param support in how many examples it is true
   * @param predicted in how many answers it was given; one of the two is at least 1
   * @param correct in how many of these rightly
   */
  static Estimate f1(int support, int predicted, int correct) {
    Estimate jaccard = share(correct, support + predicted - correct);
    return new Estimate(
        2.0 * correct / (support + predicted),
        2 * jaccard.low / (1 + jaccard.low),
        2 * jaccard.high / (1 + jaccard.high));
  }

  /**
   * The gain of accuracy with the adjusted Wald interval for paired shares: half an example is
   * added to each of the four cells (Agresti and Min 2005). It keeps a width where no answer
   * differs.
   *
   * @param pairs the answers that exactly one of the two models got right
   * @param examples all of them
   */
  static Estimate gain(PairCounts pairs, int examples) {
    int difference = pairs.better() - pairs.worse();
    double n = examples + 2.0;
    double centre = difference / n;
    double variance = (pairs.better() + pairs.worse() + 1 - difference * centre) / (n * n);
    return symmetric((double) difference / examples, centre, Math.sqrt(variance));
  }

  /**
   * Wilson's interval.
   *
   * @param value the figure, kept as it is; the interval holds it
   * @param centre the share that the interval is of
   * @param n of how many examples, whole or not
   */
  static Estimate wilson(double value, double centre, double n) {
    double z2 = Z * Z;
    double middle = centre + z2 / (2 * n);
    double half = Z * Math.sqrt(centre * (1 - centre) / n + z2 / (4 * n * n));
    double scale = 1 + z2 / n;
    double low = centre == 0 ? 0 : Math.max(0, (middle - half) / scale);
    double high = centre == 1 ? 1 : Math.min(1, (middle + half) / scale);
    return new Estimate(value, Math.min(low, value), Math.max(high, value));
  }

  /** An interval of a difference that reaches equally far to both sides, within -1 and 1. */
  static Estimate symmetric(double value, double centre, double standardError) {
    double half = Z * standardError;
    return new Estimate(value, Math.max(-1, centre - half), Math.min(1, centre + half));
  }

  /** Returns the interval for another figure, widened to contain it if necessary. */
  Estimate around(double other) {
    return new Estimate(other, Math.min(low, other), Math.max(high, other));
  }
}
