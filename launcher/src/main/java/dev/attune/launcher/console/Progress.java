package dev.attune.launcher.console;

import java.util.function.LongConsumer;

/**
 * Shows on stderr how many of something there are, or, told -1, only for how long; until it is
 * closed. Any thread may tell it.
 */
public interface Progress extends LongConsumer, AutoCloseable {
  /** Counts records read: a bar on a terminal, elsewhere a plain line now and then. */
  static Progress start(Shell shell, String what) {
    return start(shell, what, "records read");
  }

  /**
   * Counts.
   *
   * @param what it belongs to
   * @param counted of what there are so many
   */
  static Progress start(Shell shell, String what, String counted) {
    return shell.terminal()
        ? new ProgressBarOnTerminal(shell, what, counted)
        : new ProgressLines(shell, counted);
  }

  @Override
  void close();
}
