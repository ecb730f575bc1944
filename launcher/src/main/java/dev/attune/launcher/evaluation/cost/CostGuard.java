package dev.attune.launcher.evaluation.cost;

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
   * Checks the cost. Prints nothing if no hosted model is asked. Models without a known price are
   * left out, with a warning.
   *
   * @param cap in US dollars, or null
   * @throws CommandFailure if the cost is above the cap
   */
  public void check(EvaluationCost cost, @Nullable Double cap) throws CommandFailure {
    if (cost.paidQuestions() == 0) {
      return;
    }
    if (cap != null && cost.exactUsd().compareTo(BigDecimal.valueOf(cap)) > 0) {
      throw new CommandFailure(
          FailureCode.COST,
          Messages.of(
              "launcher.evaluation.above-cap",
              cost.description(),
              Dollars.shown(cost.exactUsd()),
              BigDecimal.valueOf(cap).stripTrailingZeros().toPlainString()));
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
