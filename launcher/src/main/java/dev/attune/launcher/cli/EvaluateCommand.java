package dev.attune.launcher.cli;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Evaluated;
import dev.attune.launcher.evaluation.EvaluationOrder;
import dev.attune.launcher.evaluation.EvaluationRun;
import dev.attune.launcher.evaluation.Models;
import dev.attune.launcher.evaluation.Patience;
import dev.attune.launcher.evaluation.Split;
import dev.attune.launcher.evaluation.document.EvaluationJson;
import dev.attune.launcher.evaluation.document.Standing;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a model for every validation example, and counts how good its answers are. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on the validation examples of a dataset.",
      "Compares it with its base model and the champion. Answers are kept, so that a second run"
          + " asks only for the missing ones."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private final Shell shell;
  private final Function<AttuneConfig, Models> models;
  private final Patience patience;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "MODEL",
      description = ModelNames.MODEL + " base means the configured base model.")
  private String model = "";

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "DATASET",
      description = "Directory of the dataset whose examples are used.")
  private Path dataset = Path.of("");

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "Split to evaluate. Only validation is allowed: models were tuned on the other one.")
  private Split split = Split.VALIDATION;

  @Option(
      names = "--against",
      split = ",",
      paramLabel = "RIVALS",
      hideParamSyntax = true,
      description =
          "Models to compare with: base, champion or both, separated by a comma. Default: both, if"
              + " there is a champion.")
  private Set<Against> against = EnumSet.allOf(Against.class);

  /**
   * A command.
   *
   * @param models who opens the models of a configuration
   * @param patience with hosted models
   */
  public EvaluateCommand(Shell shell, Function<AttuneConfig, Models> models, Patience patience) {
    this.shell = shell;
    this.models = models;
    this.patience = patience;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    DatasetDirectory directory = DatasetDirectory.open(dataset, shell);
    Set<Standing> rivals = against.stream().map(Against::standing).collect(Collectors.toSet());
    try (Ledger ledger = Ledger.open(config, shell)) {
      EvaluationRun run = new EvaluationRun(config, ledger, models.apply(config), patience, shell);
      Evaluated evaluated = run.run(new EvaluationOrder(model, directory, split, rivals));
      if (common.json()) {
        byte[] document = EvaluationJson.of(evaluated.report());
        shell.out().print(new String(document, StandardCharsets.UTF_8));
      } else {
        new EvaluateText(shell).lines(evaluated).forEach(shell.out()::println);
      }
    }
    return ExitCode.DONE.code();
  }

  /** With whom a model can be compared. */
  enum Against {
    BASE(Standing.BASE),
    CHAMPION(Standing.CHAMPION);

    private final Standing standing;

    Against(Standing standing) {
      this.standing = standing;
    }

    Standing standing() {
      return standing;
    }

    @Override
    public String toString() {
      return standing.key();
    }
  }
}
