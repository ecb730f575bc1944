package dev.attune.launcher.cli.jobs;

import dev.attune.config.AttuneConfig;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.ConfigFile;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tuning jobs of the ledger; calls no back end. */
@Command(
    name = "jobs",
    description = {
      "Lists the tuning jobs in the ledger, the newest first.",
      "Does not ask the back end; attune watch does."
    })
public final class JobsCommand implements Callable<Integer> {
  private final Shell shell;

  @Mixin private CommonOptions common = new CommonOptions();

  public JobsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws CommandFailure {
    AttuneConfig config = ConfigFile.load(common.config(), shell);
    try (Ledger ledger = Ledger.open(config, shell)) {
      Duration createGrace = config.tuning().patience().createGrace();
      List<Job> all = ledger.jobs().all();
      if (common.json()) {
        shell.out().print(JobsJson.of(all, ledger.jobs(), createGrace));
      } else if (all.isEmpty()) {
        shell.err().println("The ledger has no tuning job yet: create one with attune tune.");
      } else {
        new JobsText(shell, ledger).table(all, createGrace);
      }
      return ExitCode.DONE.code();
    }
  }
}
