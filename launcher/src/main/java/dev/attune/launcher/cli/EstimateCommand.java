package dev.attune.launcher.cli;

import dev.attune.catalog.BaseModels;
import dev.attune.catalog.Objections;
import dev.attune.catalog.TuningCheck;
import dev.attune.config.AttuneConfig;
import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.estimate.CostEstimate;
import dev.attune.launcher.estimate.CostEstimator;
import dev.attune.launcher.estimate.EstimateResult;
import dev.attune.launcher.estimate.TokenCounter;
import dev.attune.launcher.estimate.TokenCounterFactory;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import dev.attune.launcher.evaluation.cost.EvaluationForecaster;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.session.LedgerVerdicts;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code attune estimate}: estimates the cost of tuning, and whether tune would refuse. */
@Command(
    name = "estimate",
    description = {
      "Estimates the tokens and the US dollars that tuning and evaluation would take.",
      "Ends with 3 if attune tune would refuse, for instance because of the cost cap."
    })
public final class EstimateCommand extends ConsoleCommand {
  /** Limit of the option, the same as that of tuning.epochs. */
  private static final int MOST_EPOCHS = 1_000;

  private final TokenCounterFactory counters;
  private final Function<AttuneConfig, ModelOpener> models;

  @Option(
      names = "--base-model",
      paramLabel = "NAME",
      description = "Hosted base model to price. Default: the configured one.")
  private @Nullable String baseModel;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the dataset. Default: tuning.epochs.")
  private @Nullable Integer epochs;

  @Option(
      names = "--exact",
      description = "Let the provider count the tokens. Sends every example to it.")
  private boolean exact;

  @Parameters(paramLabel = "DATASET", description = "Directory of a published dataset.")
  private Place dataset = Place.of(Path.of(""));

  /**
   * Creates the command.
   *
   * @param counters opens token counters
   * @param models returns an opener of models for a configuration; none is asked
   */
  public EstimateCommand(
      Shell shell, TokenCounterFactory counters, Function<AttuneConfig, ModelOpener> models) {
    super(shell);
    this.counters = counters;
    this.models = models;
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    if (epochs != null && (epochs < 1 || epochs > MOST_EPOCHS)) {
      throw usage(Messages.of("launcher.usage.epochs", MOST_EPOCHS, epochs));
    }
    AttuneConfig config = ConfigFile.load(config(), shell);
    DatasetDirectory opened = DatasetDirectory.open(dataset, shell);
    EstimateResult result = estimate(opened, ordered(config.tuning()), config);
    print(result);
  }

  /** Returns the tuning configuration with the options of the command. */
  private TuningConfig ordered(TuningConfig configured) {
    TuningConfig ordered = configured;
    if (baseModel != null && !baseModel.equals(TuningConfig.LOCAL_BASE_MODEL)) {
      ordered = ordered.withBaseModel(baseModel).withBackEnd(BackEnd.VERTEX);
    }
    return epochs == null ? ordered : ordered.withEpochs(epochs);
  }

  private EstimateResult estimate(
      DatasetDirectory opened, TuningConfig ordered, AttuneConfig config)
      throws CommandFailure, IOException {
    BaseModels known = ConfigFile.baseModels(config);
    LocalDate today = LocalDate.ofInstant(shell.clock().instant(), ZoneOffset.UTC);
    TuningCheck check = new TuningCheck(known, today);
    // With --base-model only the price is asked for: its region and parameters are not configured.
    Objections objections =
        baseModel != null && ordered.backEnd() == BackEnd.VERTEX
            ? check.against(baseModel, "--base-model", ordered.maxCostUsd(), opened.format())
            : check.against(ordered, opened.format());
    String named = ordered.baseModel();
    if (ordered.backEnd() == BackEnd.VERTEX
        && (named == null || (baseModel != null && known.find(named).isEmpty()))) {
      throw refusal(objections.refusals());
    }
    opened.verify(shell);
    CostEstimate estimate = count(opened, ordered, new CostEstimator(shell, known));
    EvaluationForecast evaluation =
        new EvaluationForecaster(
                config,
                models.apply(config),
                shell,
                ledger -> new LedgerVerdicts(ledger, shell),
                null)
            .beforeTuning(opened, ordered);
    List<String> refusals = new ArrayList<>(objections.refusals());
    if (estimate.usd() != null) {
      estimate.refusalAbove(ordered.maxCostUsd(), evaluation.cost()).ifPresent(refusals::add);
    }
    List<String> warnings = new ArrayList<>(objections.warnings());
    warnings.addAll(estimate.warnings());
    warnings.addAll(evaluation.warnings());
    return new EstimateResult(
        opened, estimate, evaluation, ordered.maxCostUsd(), refusals, warnings);
  }

  private CostEstimate count(DatasetDirectory opened, TuningConfig ordered, CostEstimator estimator)
      throws CommandFailure, IOException {
    if (!exact) {
      return estimator.estimate(opened, ordered);
    }
    if (ordered.backEnd() == BackEnd.LOCAL) {
      throw new CommandFailure(FailureCode.COST, Messages.of("launcher.cost.exact-local"));
    }
    if (opened.format() == OutputFormat.OPENAI) {
      shell.err().println(Messages.of("launcher.cost.exact-openai"));
      return estimator.estimate(opened, ordered);
    }
    try (TokenCounter counter = counters.open(ordered)) {
      return estimator.count(opened, ordered, counter);
    }
  }

  private void print(EstimateResult result) throws CommandFailure {
    if (json()) {
      shell.out().print(JsonDocument.text(EstimateDocument.of(result)));
    } else {
      EstimateText.lines(result).forEach(shell.out()::println);
    }
    result.warnings().forEach(warning -> shell.err().println("Warning: " + warning));
    if (!result.refusals().isEmpty()) {
      throw refusal(result.refusals());
    }
  }

  private static CommandFailure refusal(List<String> sentences) {
    return CommandFailure.of(
        FailureCode.COST, sentences, Messages.of("launcher.cost.would-refuse", sentences.size()));
  }
}
