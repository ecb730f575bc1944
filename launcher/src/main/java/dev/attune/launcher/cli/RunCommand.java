package dev.attune.launcher.cli;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.loop.Loop;
import dev.attune.launcher.loop.LoopOutput;
import dev.attune.launcher.loop.LoopRequest;
import dev.attune.launcher.loop.LoopResult;
import dev.attune.launcher.loop.LoopServices;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs all steps from the sources to a promoted model. */
@Command(
    name = "run",
    description = {
      "Runs prepare, check, estimate, tune, evaluate and promote, for a scheduler.",
      "Skips the steps that the ledger shows as done for the same input. Ends with 0 if nothing is"
          + " new, and with 3 if a step refuses.",
      "After the gate refused a model, the same input ends with 3 again until the model is promoted"
          + " or declined."
    })
public final class RunCommand implements Callable<Integer> {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Shell shell;
  private final LoopServices tools;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description = "Refuse to tune if the estimate is higher. Default: tuning.maxCostUsd.")
  private @Nullable Double maxCost;

  @Option(
      names = "--again",
      description = "Create another tuning job if the last one failed, expired or was cancelled.")
  private boolean again;

  @Option(
      names = "--force",
      description = "Run all steps again, for a change of the sources that Attune cannot detect.")
  private boolean force;

  public RunCommand(Shell shell, LoopServices tools) {
    this.shell = shell;
    this.tools = tools;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, InterruptedException {
    if (maxCost != null && !(maxCost >= 0)) {
      throw common.usage("--max-cost must be 0 or more");
    }
    // A forced run publishes another dataset of the same input and keeps the existing one.
    String runId = force ? "forced-" + SECONDS.format(shell.clock().instant()) : null;
    PrepareOrder prepare = new PrepareOrder(common.config(), null, runId, null, null, List.of());
    LoopResult result =
        Loop.run(shell, tools, new LoopRequest(prepare, maxCost, again, force, common.json()));
    LoopOutput.print(result, shell, common.json());
    return ExitCode.DONE.code();
  }
}
