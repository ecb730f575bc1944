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
import dev.attune.launcher.evaluation.conversation.ConversationResult;
import dev.attune.launcher.evaluation.conversation.ConversationRun;
import dev.attune.launcher.evaluation.document.ContestantRole;
import dev.attune.launcher.evaluation.document.EvaluationDocument;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.evaluation.question.Questions;
import dev.attune.launcher.evaluation.question.RetryLimits;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.promotion.ModelLookup;
import dev.attune.launcher.session.ModelSession.Consent;
import dev.attune.launcher.session.SessionOpener;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
  private final SessionOpener judges;
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

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description =
          "Refuse a higher estimate, and stop judges there. Default: the lower of tuning.maxCostUsd"
              + " and spending.maxCostUsd.")
  private @Nullable Double maxCost;

  @Option(
      names = "--yes",
      description = "Agree to what judges of a conversation dataset are estimated to cost.")
  private boolean yes;

  @Option(
      names = "--fresh",
      description = "Ask judges of a conversation dataset again, also where verdicts are kept.")
  private boolean fresh;

  /**
   * Creates the command.
   *
   * @param models returns an opener of models for a configuration
   * @param judges opens the judges of conversation datasets
   * @param retries for hosted models
   */
  public EvaluateCommand(
      Shell shell,
      Function<AttuneConfig, ModelOpener> models,
      SessionOpener judges,
      RetryLimits retries) {
    super(shell);
    this.models = models;
    this.judges = judges;
    this.retries = retries;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    if (maxCost != null && !(maxCost >= 0)) {
      throw usage(Messages.of("launcher.usage.max-cost", maxCost));
    }
    AttuneConfig config = ConfigFile.load(config(), shell);
    DatasetDirectory directory = DatasetDirectory.open(dataset, shell);
    Set<ContestantRole> rivals = against.stream().map(Against::role).collect(Collectors.toSet());
    try (Ledger ledger = Ledger.open(config, shell)) {
      EvaluationOrder order = new EvaluationOrder(model, directory, rivals, maxCost);
      if (Questions.needJudges(directory)) {
        judge(order, config, ledger);
        return;
      }
      EvaluationRun run = new EvaluationRun(config, ledger, models.apply(config), retries, shell);
      EvaluationResult evaluated = run.run(order);
      if (json()) {
        shell.out().print(EvaluationDocument.of(evaluated.report()));
      } else {
        new EvaluateText(shell).lines(evaluated).forEach(shell.out()::println);
      }
    }
  }

  private void judge(EvaluationOrder order, AttuneConfig config, Ledger ledger)
      throws CommandFailure, IOException, InterruptedException {
    BigDecimal cap = maxCost == null ? null : BigDecimal.valueOf(maxCost);
    ConversationResult judged =
        new ConversationRun(config, ledger, models.apply(config), judges, retries, shell)
            .run(order, new Consent(fresh, cap, yes));
    if (json()) {
      shell.out().print(judged.document());
    } else {
      judged.lines().forEach(shell.out()::println);
      shell.out().println();
      shell.out().println("report  " + shell.show(judged.files().page()));
      shell.out().println("figures " + shell.show(judged.files().json()));
    }
    if (!judged.spent().isEmpty()) {
      shell.err().println(judged.spent());
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
