package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.config.Task;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.Models;
import dev.attune.launcher.evaluation.cost.EvaluationOutlook;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEnds;
import dev.attune.launcher.tuning.CostCheck;
import dev.attune.launcher.tuning.Pause;
import dev.attune.launcher.tuning.TuneOrder;
import dev.attune.launcher.tuning.Tuned;
import dev.attune.launcher.tuning.TuningRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits one tuning job, or adopts the one that exists, and watches it. */
@Command(
    name = "tune",
    description = {
      "Tunes a model on a dataset and watches the job.",
      "There is one job for a dataset and its parameters, however often this is run. After an"
          + " interruption the same command, or attune watch, goes on."
    })
public final class TuneCommand implements Callable<Integer> {
  private final Shell shell;
  private final BackEnds backEnds;
  private final Function<AttuneConfig, Models> models;
  private final Pause pause;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

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
  private Path dataset = Path.of("");

  /**
   * The command.
   *
   * @param models who opens the models of a configuration, for the cost of the evaluation; none is
   *     asked
   * @param pause how to wait between two looks
   */
  public TuneCommand(
      Shell shell, BackEnds backEnds, Function<AttuneConfig, Models> models, Pause pause) {
    this.shell = shell;
    this.backEnds = backEnds;
    this.models = models;
    this.pause = pause;
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    if (maxCost != null && !(maxCost >= 0 && maxCost < Double.POSITIVE_INFINITY)) {
      throw usage("--max-cost must be 0 or more and is " + maxCost);
    }
    AttuneConfig config = ConfigFile.loadToTune(common.config(), shell, backEnd);
    TuningConfig tuning = ordered(config.tuning());
    if (dryRun) {
      dryRun(config, tuning, check(config, null));
      return ExitCode.DONE.code();
    }
    try (Ledger ledger = Ledger.open(config, shell)) {
      Tuned tuned =
          new TuningRun(shell, ledger, backEnds, check(config, ledger), pause)
              .tune(new TuneOrder(dataset, tuning, again, !noWait));
      if (common.json()) {
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
      tuned.orFail();
      return ExitCode.DONE.code();
    }
  }

  /** The check of what is ordered, by the ledger that is open, or by the one that can be opened. */
  private CostCheck check(AttuneConfig config, @Nullable Ledger ledger) throws CommandFailure {
    return new CostCheck(
        shell,
        ConfigFile.baseModels(config),
        new EvaluationOutlook(config, models.apply(config), shell, ledger));
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
    // Opened and not asked: what the configuration lacks is said.
    backEnds.open(tuning, config.folder()).close();
    if (common.json()) {
      shell.out().print(result.json());
    } else {
      result.lines().forEach(shell.out()::println);
    }
  }

  private ParameterException usage(String fault) {
    if (spec == null) {
      throw new IllegalStateException("picocli sets spec");
    }
    return new ParameterException(spec.commandLine(), fault);
  }
}
