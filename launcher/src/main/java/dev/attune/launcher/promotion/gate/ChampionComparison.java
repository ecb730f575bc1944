package dev.attune.launcher.promotion.gate;

/**
 * Decides whether a model is worse than the champion. Both limits come from a simulation that aims
 * at the rates in docs/promotion.md; GateRatesTest shows the rates that they reach.
 */
public final class ChampionComparison {
  /**
   * Least difference of right and wrong answers, in standard errors: a one-sided test at 12.5%.
   * With 300 examples of which 10% differ, 1.05 to 1.18 reach every rate: less refuses too many
   * equally good models, more promotes too many that are 5 points worse.
   */
  public static final double LEAST_IN_ANSWERS = -1.15;

  /**
   * Least gain in a mean of F1, in standard errors: a one-sided test at 1%. It guards against a
   * model that answers as many examples correctly, but loses rare categories.
   */
  public static final double LEAST_IN_F1 = -2.33;

  private ChampionComparison() {}

  /** Returns whether the model loses more answers than it gains, by more than chance explains. */
  public static boolean isWorse(PairCounts answers) {
    return answers.standardErrors() < LEAST_IN_ANSWERS;
  }

  /** Returns whether macro or micro F1 is far below that of the champion. */
  public static boolean isWorse(PairedGain f1) {
    return f1.standardErrors() < LEAST_IN_F1;
  }
}
