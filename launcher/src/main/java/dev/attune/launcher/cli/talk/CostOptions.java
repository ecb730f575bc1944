package dev.attune.launcher.cli.talk;

import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.message.Messages;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what a command may cost. */
final class CostOptions {
  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "Spend at most USD on all models together. Default: spending.maxCostUsd.")
  private @Nullable BigDecimal maxCost;

  @Option(names = "--yes", description = "Agree to the estimated cost without being asked.")
  private boolean yes;

  /** Returns the options of a command; a negative cost is wrong usage. */
  Consent of(ConsoleCommand command) {
    if (maxCost != null && maxCost.signum() < 0) {
      throw command.usage(Messages.of("launcher.usage.max-cost", maxCost.toPlainString()));
    }
    return new Consent(false, maxCost, yes);
  }
}
