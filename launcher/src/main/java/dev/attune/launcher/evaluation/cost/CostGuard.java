package dev.attune.launcher.evaluation.cost;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints what an evaluation will cost, and refuses one above the cost cap, before it asks. */
public final class CostGuard {
  private final Shell shell;

  public CostGuard(Shell shell) {
    this.shell = shell;
  }

  /**
   * Checks. Prints nothing where no hosted model is asked. A model without a known price is not in
   * the figure, and a warning names it.
   *
   * @param cap in US dollars, or null: none
   * @throws CommandFailure if the figure is above the cap
   */
  public void check(EvaluationCost cost, @Nullable Double cap) throws CommandFailure {
    if (cost.paidQuestions() == 0) {
      return;
    }
    if (cap != null && cost.exactUsd().compareTo(BigDecimal.valueOf(cap)) > 0) {
      throw new CommandFailure(
          FailureCode.COST,
          String.format(
              Locale.ROOT,
              "The evaluation (%s) is estimated at %s, above the cost cap of US$ %s: raise"
                  + " tuning.maxCostUsd, or compare with fewer models (--against).",
              cost.words(),
              Dollars.shown(cost.exactUsd()),
              BigDecimal.valueOf(cap).stripTrailingZeros().toPlainString()));
    }
    shell.err().println(estimate(cost));
    cost.warning().ifPresent(warning -> shell.err().println("Warning: " + warning));
  }

  private static String estimate(EvaluationCost cost) {
    boolean isUnknown = cost.paid().stream().allMatch(model -> model.usd() == null);
    return isUnknown
        ? "The evaluation: " + cost.words() + "; its cost is not known."
        : String.format(
            Locale.ROOT,
            "The evaluation (%s) is estimated at %s.",
            cost.words(),
            Dollars.shown(cost.exactUsd()));
  }
}
