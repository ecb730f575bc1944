package dev.attune.launcher.dataset;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.progress.Amount;
import dev.attune.launcher.console.progress.Progress;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows the progress of prepare, with a step for each stage. */
final class StageProgress implements PrepareProgress, AutoCloseable {
  private final Shell shell;
  private final String dataset;
  private @Nullable PrepareStage stage;
  private @Nullable Progress step;

  StageProgress(Shell shell, String dataset) {
    this.shell = shell;
    this.dataset = dataset;
  }

  @Override
  public synchronized void waiting(String sentence) {
    close();
    shell.err().println(sentence);
  }

  @Override
  public synchronized void tell(String sentence) {
    close();
    shell.err().println(sentence);
  }

  @Override
  public synchronized void running(PrepareRunner runner) {
    close();
    shell.err().println("Preparing " + dataset + " with the " + runner.key() + " runner");
  }

  @Override
  public synchronized void at(PrepareStage now, long done, long total) {
    Progress shown = step;
    if (shown == null || now != stage) {
      close();
      shown = Progress.start(shell, now.doing(), Amount.NONE, after(now));
      step = shown;
      stage = now;
    }
    shown.accept(done, amount(now, total));
  }

  /** Returns the names of the following stages; none for the short stages before READ. */
  private static String[] after(PrepareStage now) {
    return now.compareTo(PrepareStage.READ) < 0
        ? new String[0]
        : Stream.of(PrepareStage.values())
            .filter(later -> later.compareTo(now) > 0 && later != PrepareStage.CLUSTER)
            .filter(later -> later != PrepareStage.DATAFLOW)
            .filter(later -> now.compareTo(PrepareStage.DATAFLOW) < 0)
            .map(later -> later.doing().toLowerCase(Locale.ROOT))
            .toArray(String[]::new);
  }

  private static Amount amount(PrepareStage stage, long total) {
    boolean estimated = stage == PrepareStage.READ || stage == PrepareStage.PUBLISH;
    return new Amount(stage.noun(), total, estimated);
  }

  @Override
  public synchronized void close() {
    if (step != null) {
      step.close();
      step = null;
    }
  }
}
