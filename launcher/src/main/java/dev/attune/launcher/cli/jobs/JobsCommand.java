package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.message.Messages;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists the tuning jobs of the ledger; calls no back end. */
@Command(
    name = "jobs",
    description = {
      "Lists the tuning jobs in the ledger, the newest first.",
      "Does not ask the back end; attune watch does."
    })
public final class JobsCommand extends ConsoleCommand {
  public JobsCommand(Shell shell) {
    super(shell);
  }

  @Override
  protected void run() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(config(), shell);
    try (Ledger ledger = Ledger.open(config, shell)) {
      Duration createGrace = config.tuning().patience().createGrace();
      List<Job> all = ledger.jobs().all();
      if (json()) {
        shell.out().print(JobsJson.of(all, ledger.jobs(), createGrace));
      } else if (all.isEmpty()) {
        shell.err().println(Messages.of("launcher.job.none"));
      } else {
        new JobsText(shell, ledger).table(all, createGrace);
      }
    }
  }
}
