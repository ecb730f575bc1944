package dev.attune.launcher.demo;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.launcher.run.Loop;
import dev.attune.launcher.run.LoopOrder;
import dev.attune.launcher.run.LoopPrint;
import dev.attune.launcher.run.LoopResult;
import dev.attune.launcher.run.Tools;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The loop on the sample data that ships with Attune: no account, no network. */
@Command(
    name = "demo",
    description = {
      "Runs the whole loop on sample data, from the sources to a model in use.",
      "Needs no account and no network. Everything that it writes is under build/demo/."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Shell shell;
  private final Tools tools;
  private final Path home;

  @Mixin private CommonOptions common = new CommonOptions();

  /** The demo of the clone at {@code home}. */
  public DemoCommand(Shell shell, Tools tools, Path home) {
    this.shell = shell;
    this.tools = tools;
    this.home = home;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, SQLException, InterruptedException {
    DemoFolder folder = DemoFolder.of(home);
    shell.err().println("Copying the sample data to " + shell.show(folder.root()));
    folder.lay();
    PrepareOrder prepare = new PrepareOrder(folder.config(), null, null, null, null, List.of());
    LoopResult result =
        Loop.run(shell, tools, new LoopOrder(prepare, null, false, false, common.json()));
    LoopPrint.print(result, shell, common.json());
    return ExitCode.DONE.code();
  }
}
