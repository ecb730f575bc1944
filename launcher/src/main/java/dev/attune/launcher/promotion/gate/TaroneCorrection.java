package dev.attune.launcher.promotion.gate;

/**
 * The correction of R. E. Tarone (Biometrics 46, 1990, 515-522) for several exact tests at once.
 * Each test is made at the level alpha / K, so that all of them together reject a true hypothesis
 * with a probability of at most alpha. Bonferroni's K is the number of tests; Tarone's counts only
 * those that have enough differing answers to be rejected at all.
 */
final class TaroneCorrection {
  private TaroneCorrection() {}

  /**
   * The smallest K for which at most K tests can reach a p value of alpha / K or less. The smallest
   * p value of a one-sided sign test on n differing answers is 2^-n.
   *
   * @param differing answers that differ, for each test
   * @param alpha level of all tests together, above 0
   * @return 1 or more
   */
  static int comparisons(int[] differing, double alpha) {
    int comparisons = 1;
    while (reachable(differing, alpha / comparisons) > comparisons) {
      comparisons++;
    }
    return comparisons;
  }

  private static int reachable(int[] differing, double level) {
    int reachable = 0;
    for (int answers : differing) {
      reachable += Math.scalb(1.0, -answers) <= level ? 1 : 0;
    }
    return reachable;
  }
}
