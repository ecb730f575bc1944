package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.tuning.BackEndFactory;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.status.Sleeper;
import dev.attune.launcher.tuning.submission.JobControl;
import dev.attune.launcher.tuning.submission.JobLookup;
import dev.attune.launcher.tuning.submission.TuningResult;
import dev.attune.message.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Polls tuning jobs until they end. */
@Command(
    name = "watch",
    description = {"Watches a tuning job until it ends.", "Use it after any interruption."})
public final class WatchCommand extends ConsoleCommand {
  private final BackEndFactory backEnds;
  private final Sleeper sleeper;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description =
          "Id of a tuning job as attune jobs lists it, or the beginning of the id. Default: all"
              + " jobs that have not ended, or else the newest job.")
  private @Nullable String job;

  /**
   * Creates the command.
   *
   * @param sleeper waits between two polls
   */
  public WatchCommand(Shell shell, BackEndFactory backEnds, Sleeper sleeper) {
    super(shell);
    this.backEnds = backEnds;
    this.sleeper = sleeper;
  }

  @Override
  protected void run() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(config(), shell);
    try (Ledger ledger = Ledger.open(config, shell)) {
      JobControl run = new JobControl(shell, ledger, backEnds, config.tuning(), sleeper);
      List<Job> watched = new ArrayList<>();
      CommandFailure failure = null;
      for (Job asked : asked(ledger)) {
        try {
          TuningResult tuned = run.watch(asked);
          watched.add(tuned.job());
          failure = later(failure, tuned.failure());
        } catch (CommandFailure refused) {
          watched.add(ledger.jobs().get(asked.id()));
          failure = later(failure, refused);
        }
      }
      print(watched, ledger, config.tuning().patience().createGrace());
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** Returns the failure to end with; prints the earlier one of two. */
  private @Nullable CommandFailure later(
      @Nullable CommandFailure earlier, @Nullable CommandFailure now) {
    if (earlier != null && now != null) {
      shell.err().println(earlier.getMessage());
    }
    return now == null ? earlier : now;
  }

  private List<Job> asked(Ledger ledger) throws CommandFailure {
    if (job != null) {
      return List.of(JobLookup.of(ledger, job));
    }
    List<Job> all = ledger.jobs().all();
    if (all.isEmpty()) {
      shell.err().println(Messages.of("launcher.job.none"));
    }
    List<Job> open =
        all.stream()
            .filter(one -> !one.isOver() && one.state() != TuningJobState.INTENDED)
            .toList();
    return open.isEmpty() ? all.stream().limit(1).toList() : open;
  }

  private void print(List<Job> watched, Ledger ledger, Duration createGrace) {
    if (json()) {
      shell.out().print(JobsJson.of(watched, ledger.jobs(), createGrace));
    } else if (watched.size() == 1) {
      new JobsText(shell, ledger).one(watched.get(0));
    } else if (!watched.isEmpty()) {
      new JobsText(shell, ledger).table(watched, createGrace);
    }
  }
}
