package dev.attune.launcher.console;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;

/**
 * One line that is drawn over and over. It has no bar and no percentage: how many there are to come
 * is not known beforehand.
 */
final class ProgressBarOnTerminal implements Progress {
  /** Narrow enough for every terminal. */
  private static final int WIDTH = 79;

  private static final int UNKNOWN = -1;

  private final ProgressBar bar;

  ProgressBarOnTerminal(Shell shell, String what, String counted) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(UNKNOWN)
            .setRenderer((state, width) -> line(state, counted, Math.min(width, WIDTH)))
            .setConsumer(new ConsoleProgressBarConsumer(shell.err(), WIDTH))
            .build();
  }

  private static String line(ProgressState state, String counted, int width) {
    long count = state.getCurrent();
    Duration elapsed = state.getElapsedAfterStart();
    String line =
        count == 0
            ? state.getTaskName() + ": running, " + elapsed.toSeconds() + " s"
            : String.format(
                Locale.ROOT,
                "%s: %,d %s, %,d a second, %d s",
                state.getTaskName(),
                count,
                counted,
                count * 1000 / Math.max(1, elapsed.toMillis()),
                elapsed.toSeconds());
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }

  @Override
  public void accept(long soFar) {
    bar.stepTo(Math.max(0, soFar));
  }

  @Override
  public void close() {
    bar.close();
  }
}
