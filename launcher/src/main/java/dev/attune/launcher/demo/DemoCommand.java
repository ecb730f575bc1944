package dev.attune.launcher.demo;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.CommonOptions;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.Preparation;
import dev.attune.launcher.dataset.PrepareOrder;
import dev.attune.pipeline.PrepareRunner;
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
    description =
        "Prepares a dataset from the sample data in data/childcare: no account, no network;"
            + " everything it writes is under build/demo/.")
public final class DemoCommand implements Callable<Integer> {
  private final Shell shell;
  private final Preparation preparation;
  private final Path home;

  @Mixin private CommonOptions common = new CommonOptions();

  /** The demo of the clone at {@code home}. */
  public DemoCommand(Shell shell, Preparation preparation, Path home) {
    this.shell = shell;
    this.preparation = preparation;
    this.home = home;
  }

  @Override
  public Integer call() throws CommandFailure, IOException, SQLException {
    DemoFolder folder = DemoFolder.of(home);
    shell.err().println("Copying the sample data to " + shell.show(folder.root()));
    folder.lay();
    PrepareOrder order =
        new PrepareOrder(folder.config(), folder.datasets(), null, null, PrepareRunner.DIRECT, List.of());
    preparation.run(order).print(shell, common.json());
    return ExitCode.DONE.code();
  }
}
