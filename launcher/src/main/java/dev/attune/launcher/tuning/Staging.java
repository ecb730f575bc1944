package dev.attune.launcher.tuning;

import dev.attune.launcher.console.Amount;
import dev.attune.launcher.console.Progress;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.tuning.TuningBackEnd.StagingProgress;
import org.jspecify.annotations.Nullable;

/** Shows how far the staging of a dataset is: each file as a step of its own. */
final class Staging implements StagingProgress, AutoCloseable {
  private final Shell shell;
  private String shown = "";
  private @Nullable Progress step;

  Staging(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void at(String doing, long bytes, long total) {
    Progress open = step;
    if (open == null || !doing.equals(shown)) {
      close();
      open = Progress.start(shell, doing, Amount.bytes(total), "tune");
      step = open;
      shown = doing;
    }
    open.accept(bytes);
  }

  @Override
  public void close() {
    if (step != null) {
      step.close();
      step = null;
    }
  }
}
