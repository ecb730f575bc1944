package dev.attune.launcher.promotion.gate;

/**
 * Whether a model is worse than the one in use. Both limits are from a simulation with the rates of
 * contract.md section 8 as its aim; GateRatesTest shows the rates that they reach.
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

  /** Whether the model loses more answers than it gains, by more than chance may explain. */
  public static boolean isWorse(PairCounts answers) {
    return answers.standardErrors() < LEAST_IN_ANSWERS;
  }

  /** Whether macro or micro F1 is far below that of the champion. */
  public static boolean isWorse(PairedGain f1) {
    return f1.standardErrors() < LEAST_IN_F1;
  }
}
