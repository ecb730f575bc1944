package dev.attune.launcher.evaluation.figures;

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
    double z2 = Z * Z;
    double centre = p + z2 / (2.0 * of);
    double half = Z * Math.sqrt(p * (1 - p) / of + z2 / (4.0 * of * of));
    double scale = 1 + z2 / of;
    double low = count == 0 ? 0 : (centre - half) / scale;
    double high = count == of ? 1 : (centre + half) / scale;
    return new Estimate(p, low, high);
  }
}
