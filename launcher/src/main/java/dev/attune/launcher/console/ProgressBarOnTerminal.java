package dev.attune.launcher.console;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar that is drawn over and over; how many records there are is not known beforehand. */
final class ProgressBarOnTerminal implements Progress {
  /** Where the shell does not say how wide the terminal is. */
  private static final int WIDTH = 80;

  private static final int UNKNOWN = -1;

  private final ProgressBar bar;

  ProgressBarOnTerminal(Shell shell, String what) {
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setUnit(" records", 1)
            .setInitialMax(UNKNOWN)
            .showSpeed()
            .setConsumer(new ConsoleProgressBarConsumer(shell.err(), WIDTH))
            .build();
  }

  @Override
  public void accept(long read) {
    bar.stepTo(read);
  }

  @Override
  public void close() {
    bar.close();
  }
}
