package dev.attune.launcher.promotion.gate;

/**
 * Decides by win rates, which judges measured, whether a model is better than its base and not
 * worse than the champion. The win rate is measured several times: by all judges, and by the judges
 * without those of each family in turn. The lowest one decides, so that no family of judges can
 * promote a model that the others find worse. PanelRatesTest shows the rates that this reaches.
 */
public final class PanelComparison {
  /**
   * Least difference of wins and losses, in standard errors. In the lowest of several win rates an
   * equally good model falls below -1.55 in 7 to 15% of all evaluations, depending on the number of
   * judges and how much they agree; with -1.5 it is more than 15% for four judges that agree by
   * chance alone.
   */
  public static final double LEAST_IN_WINS = -1.55;

  private PanelComparison() {}

  /** Returns whether one of these panels finds the model worse by more than chance explains. */
  public static boolean isWorse(double standardErrors) {
    return standardErrors < LEAST_IN_WINS;
  }

  /**
   * Returns whether a panel finds the model better than its base.
   *
   * @param gain wins less losses, as a share of the examples
   * @param limit the interval must lie above it
   */
  public static boolean isBetter(PairedGain gain, double limit) {
    return gain.isAbove(limit);
  }
}
