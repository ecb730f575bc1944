package dev.attune.launcher.cli.decision;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import picocli.CommandLine.Command;

/** Puts the previous champion back into use. */
@Command(
    name = "rollback",
    description = {
      "Puts the previous champion back into use.",
      "Changes the ledger and the env file. Each further rollback goes back by one more champion."
    })
public final class RollbackCommand extends ConsoleCommand {
  public RollbackCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(config(), shell);
    PromotionResult outcome;
    try (Ledger ledger = Ledger.open(config, shell)) {
      outcome = new Promotion(ledger, config, shell).rollback();
    }
    new PromotionOutput(shell, config.evaluation().metric()).print(outcome, json());
  }
}
