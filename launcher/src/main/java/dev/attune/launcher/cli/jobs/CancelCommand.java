package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.launcher.tuning.submission.JobControl;
import dev.attune.launcher.tuning.submission.JobLookup;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Cancels a tuning job. */
@Command(
    name = "cancel",
    description = {
      "Asks the back end to cancel a tuning job.",
      "Does not wait: the job may end later, or not at all."
    })
public final class CancelCommand extends ConsoleCommand {
  private final BackEndFactory backEnds;
  private final Sleeper sleeper;

  @Parameters(
      paramLabel = "JOB",
      description = "Id of a tuning job as attune jobs lists it, or the beginning of the id.")
  private String job = "";

  /**
   * Creates the command.
   *
   * @param sleeper waits between two polls
   */
  public CancelCommand(Shell shell, BackEndFactory backEnds, Sleeper sleeper) {
    super(shell);
    this.backEnds = backEnds;
    this.sleeper = sleeper;
  }

  @Override
  protected void run() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(config(), shell);
    try (Ledger ledger = Ledger.open(config, shell)) {
      Job asked = JobLookup.of(ledger, job);
      Job now = new JobControl(shell, ledger, backEnds, config.tuning(), sleeper).cancel(asked);
      if (json()) {
        shell
            .out()
            .print(
                JobsJson.of(List.of(now), ledger.jobs(), config.tuning().patience().createGrace()));
      } else {
        new JobsText(shell, ledger).one(now);
      }
    }
  }
}
