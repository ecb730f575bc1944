package dev.attune.launcher.cli;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.loop.Loop;
import dev.attune.launcher.loop.LoopOutcome;
import dev.attune.launcher.loop.LoopOutput;
import dev.attune.launcher.loop.LoopRequest;
import dev.attune.launcher.loop.LoopServices;
import dev.attune.message.Messages;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs all steps from the sources to a promoted model. */
@Command(
    name = "run",
    description = {
      "Runs prepare, check, estimate, tune, evaluate and promote, for a scheduler.",
      "Skips the steps that the ledger shows as done for the same input. Ends with 0 if nothing is"
          + " new, and with 3 if a step refuses.",
      "Ends with 0, too, and does nothing, while another attune run with this dataset name and"
          + " ledger is in progress.",
      "After the gate refused a model, the same input ends with 3 again until the model is promoted"
          + " or declined."
    })
public final class RunCommand extends ConsoleCommand {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final LoopServices tools;

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description =
          "Spend at most USD on the whole run: improving, tuning and evaluating. Default:"
              + " tuning.maxCostUsd, and spending.maxCostUsd for text models.")
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
    super(shell);
    this.tools = tools;
  }

  @Override
  protected void run() throws CommandFailure, IOException, InterruptedException {
    if (maxCost != null && !(maxCost >= 0)) {
      throw usage(Messages.of("launcher.usage.max-cost", maxCost));
    }
    // A forced run publishes another dataset of the same input and keeps the existing one.
    String runId = force ? "forced-" + SECONDS.format(shell.clock().instant()) : null;
    PrepareOrder prepare = new PrepareOrder(config(), null, runId, null, null, List.of(), null);
    LoopOutcome outcome =
        Loop.run(
            shell,
            tools,
            new LoopRequest(
                prepare, maxCost, again, force, json(), (made, here) -> made.print(here, false)));
    LoopOutput.print(outcome, shell, json());
  }
}
