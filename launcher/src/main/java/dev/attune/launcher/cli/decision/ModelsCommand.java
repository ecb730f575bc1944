package dev.attune.launcher.cli.decision;

import dev.attune.config.AttuneConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelList;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Lists the models of a dataset. */
@Command(
    name = "models",
    description = "Lists the dataset's models with their figures and their lineage.")
public final class ModelsCommand extends ConsoleCommand {
  public ModelsCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    AttuneConfig config = ConfigFile.load(config(), shell);
    Metric metric = config.evaluation().metric();
    try (Ledger ledger = Ledger.open(config, shell)) {
      ModelList models = ModelList.of(ledger, config, shell);
      if (json()) {
        shell.out().print(ModelsJson.of(models));
      } else {
        new ModelsText(shell, metric).print(models);
      }
    }
  }
}
