package dev.attune.launcher.tuning.status;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.launcher.tuning.TuningBackEnd.StagingProgress;
import org.jspecify.annotations.Nullable;

/** Shows the progress of the upload of a dataset, one step for each file. */
public final class UploadProgress implements StagingProgress, AutoCloseable {
  private final Shell shell;
  private String shown = "";
  private @Nullable Progress step;

  public UploadProgress(Shell shell) {
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
