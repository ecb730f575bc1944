package dev.attune.launcher.cli;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.EvaluationOrder;
import dev.attune.launcher.evaluation.EvaluationResult;
import dev.attune.launcher.evaluation.EvaluationRun;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationDocument;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code attune evaluate}: asks a model all validation examples and measures its answers. */
@Command(
    name = "evaluate",
    description = {
      "Measures a model on the validation examples of a dataset.",
      "Compares it with its base model and the champion. Answers are kept, so that a second run"
          + " asks only for the missing ones."
    })
public final class EvaluateCommand extends ConsoleCommand {
  private final Function<AttuneConfig, ModelOpener> models;
  private final RetryLimits retries;

  @Parameters(
      paramLabel = "MODEL",
      description = ModelLookup.MODEL + " base means the configured base model.")
  private String model = "";

  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "DATASET",
      description = "Directory of the dataset whose examples are used.")
  private Place dataset = Place.of(Path.of(""));

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description =
          "Split to evaluate. Only \"validation\" is allowed: models were tuned on the other one.")
  @SuppressWarnings("UnusedVariable") // picocli checks the value
  private EvaluatedSplit split = EvaluatedSplit.VALIDATION;

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
   * Creates the command.
   *
   * @param models returns an opener of models for a configuration
   * @param retries for hosted models
   */
  public EvaluateCommand(
      Shell shell, Function<AttuneConfig, ModelOpener> models, RetryLimits retries) {
    super(shell);
    this.models = models;
    this.retries = retries;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    AttuneConfig config = ConfigFile.load(config(), shell);
    DatasetDirectory directory = DatasetDirectory.open(dataset, shell);
    Set<ContestantRole> rivals = against.stream().map(Against::role).collect(Collectors.toSet());
    try (Ledger ledger = Ledger.open(config, shell)) {
      EvaluationRun run = new EvaluationRun(config, ledger, models.apply(config), retries, shell);
      EvaluationResult evaluated = run.run(new EvaluationOrder(model, directory, rivals));
      if (json()) {
        shell.out().print(EvaluationDocument.of(evaluated.report()));
      } else {
        new EvaluateText(shell).lines(evaluated).forEach(shell.out()::println);
      }
    }
  }

  /** The values of {@code --split}. */
  enum EvaluatedSplit {
    VALIDATION
  }

  /** The values of {@code --against}. */
  enum Against {
    BASE(ContestantRole.BASE),
    CHAMPION(ContestantRole.CHAMPION);

    private final ContestantRole role;

    Against(ContestantRole role) {
      this.role = role;
    }

    ContestantRole role() {
      return role;
    }

    @Override
    public String toString() {
      return role.key();
    }
  }
}
