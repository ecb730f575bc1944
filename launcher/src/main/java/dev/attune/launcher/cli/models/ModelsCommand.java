package dev.attune.launcher.cli.models;

import dev.attune.config.AttuneConfig;
import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the models of a dataset. */
@Command(
    name = "models",
    description = "Lists the dataset's models with their figures and their lineage.")
public final class ModelsCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common = new CommonOptions();

  public ModelsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    Metric metric = config.evaluation().metric();
    try (Ledger ledger = Ledger.open(config, shell)) {
      ModelList models = ModelList.of(ledger, config, shell);
      if (common.json()) {
        shell.out().print(ModelsJson.of(models));
      } else {
        new ModelsText(shell, metric).print(models);
      }
    }
    return ExitCode.DONE.code();
  }
}
