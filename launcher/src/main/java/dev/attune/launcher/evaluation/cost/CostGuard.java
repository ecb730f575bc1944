package dev.attune.launcher.evaluation.cost;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.message.Messages;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Prints the estimated cost of an evaluation, and refuses one above the cost cap. */
public final class CostGuard {
  private final Shell shell;

  public CostGuard(Shell shell) {
    this.shell = shell;
  }

  /**
   * Returns what an evaluation may cost: what is left of the command's cap; without one, of {@code
   * tuning.maxCostUsd}, which covers tuning and evaluation, or of {@code spending.maxCostUsd},
   * which covers all text models, whichever is less.
   *
   * @param ordered the command's cap in US dollars, or null
   * @return US dollars, or null without a cap
   */
  public static @Nullable BigDecimal left(
      AttuneConfig config, @Nullable Double ordered, Spent spent) {
    if (ordered != null) {
      return less(BigDecimal.valueOf(ordered), spent.total());
    }
    Double ofTuning = config.tuning().maxCostUsd();
    BigDecimal ofModels = config.spending().maxCostUsd();
    BigDecimal models = ofModels == null ? null : less(ofModels, spent.models());
    if (ofTuning == null) {
      return models;
    }
    BigDecimal tuning = less(BigDecimal.valueOf(ofTuning), spent.tuning());
    return models == null ? tuning : tuning.min(models);
  }

  private static BigDecimal less(BigDecimal cap, BigDecimal spent) {
    return cap.subtract(spent).max(BigDecimal.ZERO);
  }

  /**
   * Checks the cost. Prints nothing if no hosted model is asked. Models without a known price are
   * left out, with a warning.
   *
   * @param cap in US dollars, or null
   * @throws CommandFailure if the cost is above the cap
   */
  public void check(EvaluationCost cost, @Nullable BigDecimal cap) throws CommandFailure {
    if (cost.paidQuestions() == 0) {
      return;
    }
    if (cap != null && cost.exactUsd().compareTo(cap) > 0) {
      throw new CommandFailure(
          FailureCode.COST,
          Messages.of(
              "launcher.evaluation.above-cap",
              cost.description(),
              Dollars.shown(cost.exactUsd()),
              cap.stripTrailingZeros().toPlainString()));
    }
    shell.err().println(estimate(cost));
    cost.warning().ifPresent(warning -> shell.err().println("Warning: " + warning));
  }

  private static String estimate(EvaluationCost cost) {
    boolean isUnknown = cost.paid().stream().allMatch(model -> model.usd() == null);
    return isUnknown
        ? "The evaluation: " + cost.description() + "; its cost is unknown."
        : "The evaluation ("
            + cost.description()
            + ") is estimated at "
            + Dollars.shown(cost.exactUsd())
            + ".";
  }
}
