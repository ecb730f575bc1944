package dev.attune.launcher.cli.models;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.Promotion;
import dev.attune.launcher.promotion.PromotionResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts the previous champion back into use. */
@Command(
    name = "rollback",
    description = {
      "Puts the previous champion back into use.",
      "Changes the ledger and the env file. Each further rollback goes back by one more champion."
    })
public final class RollbackCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common = new CommonOptions();

  public RollbackCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    PromotionResult outcome;
    try (Ledger ledger = Ledger.open(config, shell)) {
      outcome = new Promotion(ledger, config, shell).rollback();
    }
    new PromotionOutput(shell, config.evaluation().metric()).print(outcome, common.json());
    return ExitCode.DONE.code();
  }
}
