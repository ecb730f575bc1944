package dev.attune.launcher.console;

import java.util.function.LongConsumer;

/**
 * Shows on stderr how many records have been read, or, told -1, only for how long; until it is
 * closed. Any thread may tell it.
 */
public interface Progress extends LongConsumer, AutoCloseable {
  /** A bar on a terminal, elsewhere a plain line now and then. */
  static Progress start(Shell shell, String what) {
    return shell.terminal() ? new ProgressBarOnTerminal(shell, what) : new ProgressLines(shell);
  }

  @Override
  void close();
}
