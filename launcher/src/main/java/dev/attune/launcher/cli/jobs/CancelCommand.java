package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEnds;
import dev.attune.launcher.tuning.NamedJob;
import dev.attune.launcher.tuning.Pause;
import dev.attune.launcher.tuning.WatchRun;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks for the end of a job. */
@Command(
    name = "cancel",
    description = {
      "Asks the back end to cancel a tuning job.",
      "Does not wait: the job may end later, or not at all."
    })
public final class CancelCommand implements Callable<Integer> {
  private final Shell shell;
  private final BackEnds backEnds;
  private final Pause pause;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(
      paramLabel = "JOB",
      description = "Id of a tuning job as attune jobs lists it, or the beginning of the id.")
  private String job = "";

  /**
   * The command.
   *
   * @param pause how to wait between two looks
   */
  public CancelCommand(Shell shell, BackEnds backEnds, Pause pause) {
    this.shell = shell;
    this.backEnds = backEnds;
    this.pause = pause;
  }

  @Override
  public Integer call() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    try (Ledger ledger = Ledger.open(config, shell)) {
      Job asked = NamedJob.of(ledger, job);
      Job now = new WatchRun(shell, ledger, backEnds, config.tuning(), pause).cancel(asked);
      if (common.json()) {
        shell
            .out()
            .print(
                JobsJson.of(List.of(now), ledger.jobs(), config.tuning().patience().createGrace()));
      } else {
        new JobsText(shell, ledger).one(now);
      }
      return ExitCode.DONE.code();
    }
  }
}
