package dev.attune.launcher.evaluation.cost;

import java.math.BigDecimal;

/**
 * What a command has spent so far, in US dollars.
 *
 * @param models answers of text models
 * @param tuning tuning jobs
 */
public record Spent(BigDecimal models, BigDecimal tuning) {
  public static final Spent NOTHING = new Spent(BigDecimal.ZERO, BigDecimal.ZERO);

  /** Returns the sum. */
  public BigDecimal total() {
    return models.add(tuning);
  }

  /** Returns this with what a tuning job costs. */
  public Spent afterTuning(BigDecimal usd) {
    return new Spent(models, tuning.add(usd));
  }
}
