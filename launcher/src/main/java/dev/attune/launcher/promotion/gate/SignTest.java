package dev.attune.launcher.promotion.gate;

/**
 * The sign test on pairs of answers, also known as McNemar's test (Psychometrika 12, 1947): of the
 * examples that exactly one of two models answers correctly, two equally good models get half each
 * on average.
 */
final class SignTest {
  /** Largest error of a truncated sum, as a share of the sum. */
  private static final double NEGLIGIBLE = 1e-17;

  private SignTest() {}

  /**
   * Returns the difference divided by its standard error; 0 if no answer differs.
   *
   * @param better examples that the model alone answers correctly, 0 or more
   * @param worse examples that the other model alone answers correctly, 0 or more
   */
  static double standardErrors(int better, int worse) {
    int differing = better + worse;
    return differing == 0 ? 0 : (better - worse) / Math.sqrt(differing);
  }

  /**
   * Returns the exact one-sided p value: the probability of at least so many worse answers among
   * those that differ if both models are equally good. From 0 to 1; 1 if no answer differs.
   *
   * @param better examples that the model alone answers correctly, 0 or more
   * @param worse examples that the other model alone answers correctly, 0 or more
   */
  static double chance(int better, int worse) {
    int differing = better + worse;
    return worse > better
        ? upperTail(differing, worse)
        : 1 - upperTail(differing, better + 1); // by symmetry; the sum stays short and exact
  }

  /** Returns the probability of at least so many heads of n coins; for more than half of them. */
  private static double upperTail(int coins, int heads) {
    if (heads > coins) {
      return 0;
    }
    double logarithm = -coins * Math.log(2);
    for (int i = 1; i <= coins - heads; i++) {
      logarithm += Math.log((double) (heads + i) / i);
    }
    double term = Math.exp(logarithm);
    double sum = term;
    for (int k = heads; k < coins && term > sum * NEGLIGIBLE; k++) {
      term *= (double) (coins - k) / (k + 1);
      sum += term;
    }
    return sum;
  }
}
