package dev.attune.launcher.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.filesystem.LockFile;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ConsoleCommand;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.dataset.Summary;
import dev.attune.launcher.demo.DemoFolder;
import dev.attune.launcher.demo.DemoText;
import dev.attune.launcher.loop.Loop;
import dev.attune.launcher.loop.LoopOutcome;
import dev.attune.launcher.loop.LoopOutput;
import dev.attune.launcher.loop.LoopRequest;
import dev.attune.launcher.loop.LoopResult;
import dev.attune.launcher.loop.LoopServices;
import dev.attune.launcher.loop.RunBeside;
import dev.attune.place.Place;
import dev.attune.schema.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * The loop on the sample data that ships with Attune, in two acts: a first model, and a second one
 * after new feedback arrived. No account, no network.
 */
@Command(
    name = "demo",
    description = {
      "Runs the whole loop on sample data, and again when new feedback arrives.",
      "Needs no account and no network. Everything that it writes is under build/demo/."
    })
public final class DemoCommand extends ConsoleCommand {
  private final LoopServices tools;
  private final DemoFolder folder;

  /** The demo of the clone at {@code home}. */
  public DemoCommand(Shell shell, LoopServices tools, Path home) {
    super(shell);
    this.tools = tools;
    this.folder = DemoFolder.of(home);
  }

  @Override
  protected void run() throws CommandFailure, IOException, SQLException, InterruptedException {
    LockFile lock = folder.lock(shell);
    try {
      play();
    } finally {
      lock.close();
    }
  }

  private void play() throws CommandFailure, IOException, SQLException, InterruptedException {
    print(List.of(DemoText.FIRST_TITLE));
    ObjectNode before = folder.firstAct().orElse(null);
    ObjectNode first = before == null ? playFirst() : before.put("nothingNew", true);
    if (before != null) {
      print(List.of(DemoText.doneBefore(first)));
    }
    print(List.of("", DemoText.SECOND_TITLE));
    LoopResult second = playSecond();
    boolean nothingNew = before != null && second.isNothingNew();
    if (json()) {
      ObjectNode document = JsonNodeFactory.instance.objectNode().put("nothingNew", nothingNew);
      document.putArray("acts").add(first).add(LoopOutput.document(second));
      shell.out().print(new String(CanonicalJson.pretty(document), StandardCharsets.UTF_8));
      LoopOutput.failIfRefused(second);
    } else {
      LoopOutput.print(second, shell, false);
      print(
          nothingNew
              ? DemoText.again(second, folder, shell)
              : DemoText.next(second, folder, shell));
    }
    if (!folder.isSecondActPlayed()) {
      folder.keepSecondAct(LoopOutput.document(second));
    }
  }

  private ObjectNode playFirst()
      throws CommandFailure, IOException, SQLException, InterruptedException {
    shell.err().println("Copying the sample data to " + shell.show(folder.root()));
    folder.layFirstAct();
    LoopResult result = loop(order((made, here) -> made.print(here, false)));
    if (json()) {
      LoopOutput.failIfRefused(result);
    } else {
      LoopOutput.print(result, shell, false);
    }
    ObjectNode outcome = LoopOutput.document(result);
    folder.keepFirstAct(outcome);
    return outcome;
  }

  /** Its summary is short: the long one repeats what the first act says. */
  private LoopResult playSecond()
      throws CommandFailure, IOException, SQLException, InterruptedException {
    if (!folder.isSecondActPlayed()) {
      shell.err().println("Adding the new feedback");
    }
    folder.laySecondAct();
    return loop(order((made, here) -> print(Summary.sums(made.result().summary(), made.took()))));
  }

  private LoopResult loop(LoopRequest order)
      throws CommandFailure, IOException, InterruptedException {
    LoopOutcome outcome = Loop.run(shell, tools, order);
    if (outcome instanceof RunBeside beside) { // Somebody runs attune run in the demo's folder.
      throw new CommandFailure(FailureCode.LEDGER, beside.sentence());
    }
    return (LoopResult) outcome;
  }

  private LoopRequest order(LoopRequest.DatasetPrint summary) {
    PrepareOrder prepare =
        new PrepareOrder(Place.of(folder.config()), null, null, null, null, List.of(), null);
    return new LoopRequest(prepare, null, false, false, json(), summary);
  }

  private void print(List<String> lines) {
    if (!json()) {
      lines.forEach(shell.out()::println);
    }
  }
}
