package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.config.Task;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.EvaluationForecaster;
import dev.attune.launcher.evaluation.question.ModelOpener;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.session.LedgerVerdicts;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.launcher.tuning.submission.CostCheck;
import dev.attune.launcher.tuning.submission.TuningRequest;
import dev.attune.launcher.tuning.submission.TuningResult;
import dev.attune.launcher.tuning.submission.TuningRun;
import dev.attune.message.Messages;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Submits one tuning job, or adopts an existing one, and polls it. */
@Command(
    name = "tune",
    description = {
      "Tunes a model on a dataset and watches the job.",
      "A dataset and its parameters have one job, however often the command is run. After an"
          + " interruption, run the same command or attune watch."
    })
public final class TuneCommand extends ConsoleCommand {
  private final BackEndFactory backEnds;
  private final Function<AttuneConfig, ModelOpener> models;
  private final Sleeper sleeper;

  @Option(
      names = "--back-end",
      paramLabel = "NAME",
      description = "Where to tune: vertex or local. Default: tuning.backEnd.")
  private @Nullable BackEnd backEnd;

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "Refuse to tune if the estimate is higher. Default: tuning.maxCostUsd.")
  private @Nullable Double maxCost;

  @Option(names = "--no-wait", description = "Do not watch the job after it was created.")
  private boolean noWait;

  @Option(
      names = "--dry-run",
      description = "Print what would be sent and its estimated cost. Send and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--again",
      description =
          "Create another job if the last one failed, expired or was cancelled, or if it runs in"
              + " another project or location than configured.")
  private boolean again;

  @Parameters(paramLabel = "DATASET", description = "Directory of a published dataset.")
  private Place dataset = Place.of(Path.of(""));

  /**
   * Creates the command.
   *
   * @param models opens the models of a configuration, to estimate the evaluation; none is called
   * @param sleeper waits between two polls
   */
  public TuneCommand(
      Shell shell,
      BackEndFactory backEnds,
      Function<AttuneConfig, ModelOpener> models,
      Sleeper sleeper) {
    super(shell);
    this.backEnds = backEnds;
    this.models = models;
    this.sleeper = sleeper;
  }

  @Override
  protected void run() throws CommandFailure, IOException {
    if (maxCost != null && !(maxCost >= 0 && maxCost < Double.POSITIVE_INFINITY)) {
      throw usage(Messages.of("launcher.usage.max-cost", maxCost));
    }
    AttuneConfig config = ConfigFile.loadToTune(config(), shell, backEnd);
    TuningConfig tuning = ordered(config.tuning());
    if (dryRun) {
      dryRun(config, tuning, check(config, null));
      return;
    }
    try (Ledger ledger = Ledger.open(config, shell)) {
      TuningResult tuned =
          new TuningRun(shell, ledger, backEnds, check(config, ledger), sleeper)
              .tune(new TuningRequest(dataset, tuning, again, !noWait));
      if (json()) {
        shell
            .out()
            .print(
                JobsJson.of(List.of(tuned.job()), ledger.jobs(), tuning.patience().createGrace()));
      } else {
        JobsText text = new JobsText(shell, ledger);
        text.one(tuned.job());
        if (tuned.job().state().hasModel() && config.dataset().task() == Task.CLASSIFICATION) {
          text.next(tuned.job(), dataset);
        }
      }
      tuned.throwFailure();
    }
  }

  /** Creates the check of the request, with the open ledger if there is one. */
  private CostCheck check(AttuneConfig config, @Nullable Ledger ledger) throws CommandFailure {
    return new CostCheck(
        shell,
        ConfigFile.baseModels(config),
        new EvaluationForecaster(
            config, models.apply(config), shell, kept -> new LedgerVerdicts(kept, shell), ledger));
  }

  private TuningConfig ordered(TuningConfig configured) {
    TuningConfig ordered = backEnd == null ? configured : configured.withBackEnd(backEnd);
    return maxCost == null ? ordered : ordered.withMaxCostUsd(maxCost);
  }

  private void dryRun(AttuneConfig config, TuningConfig tuning, CostCheck check)
      throws CommandFailure, IOException {
    DatasetDirectory opened = DatasetDirectory.open(dataset, shell);
    opened.verify(shell);
    DryRun result = DryRun.of(opened, tuning, check.estimate(opened, tuning).exactUsd());
    // Refuses a configuration that lacks a key; nothing is called.
    backEnds.open(tuning, Ledger.folder(config)).close();
    if (json()) {
      shell.out().print(result.json());
    } else {
      result.lines().forEach(shell.out()::println);
    }
  }
}
