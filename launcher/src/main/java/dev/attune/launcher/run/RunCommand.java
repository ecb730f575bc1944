package dev.attune.launcher.run;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole loop in one, for a scheduler. */
@Command(
    name = "run",
    description = {
      "Prepares, checks, estimates, tunes, evaluates and promotes, in one: what a scheduler calls.",
      "Skips what the ledger shows done for the same input; with nothing new it says so and ends",
      "with 0. Ends with 3 where a step refuses. A refusal by the gate stands: the same input ends",
      "with 3 again until somebody promotes the model or declines it (attune decline)."
    })
public final class RunCommand implements Callable<Integer> {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Shell shell;
  private final Tools tools;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "Refuse to tune above this estimate; default: tuning.maxCostUsd.")
  private @Nullable Double maxCost;

  @Option(
      names = "--again",
      description = "Where the last tuning job failed, expired or was cancelled: create another.")
  private boolean again;

  @Option(
      names = "--force",
      description = "Do all of it again, for a change of the sources that cannot be seen.")
  private boolean force;

  public RunCommand(Shell shell, Tools tools) {
    this.shell = shell;
    this.tools = tools;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    if (maxCost != null && !(maxCost >= 0)) {
      if (spec == null) {
        throw new IllegalStateException("picocli sets spec");
      }
      throw new ParameterException(spec.commandLine(), "--max-cost must be 0 or more");
    }
    // Forced, it is another dataset of the same input: the one that stands there stays.
    String runId = force ? "forced-" + SECONDS.format(shell.clock().instant()) : null;
    PrepareOrder prepare = new PrepareOrder(common.config(), null, runId, null, null, List.of());
    LoopResult result =
        Loop.run(shell, tools, new LoopOrder(prepare, maxCost, again, force, common.json()));
    LoopPrint.print(result, shell, common.json());
    return ExitCode.DONE.code();
  }
}
