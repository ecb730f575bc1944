package dev.attune.launcher.console.progress;

import java.io.PrintStream;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A progress line on a terminal, redrawn every second. */
final class ProgressBarOnTerminal implements AutoCloseable {
  /** Narrow enough for every terminal. */
  private static final int WIDTH = 79;

  private static final int UNKNOWN = -1;
  static final String ERASE = "\r\u001b[2K";

  private final PrintStream err;
  private final ProgressBar bar;

  /**
   * Starts drawing.
   *
   * @param line called every second
   */
  ProgressBarOnTerminal(PrintStream err, Supplier<String> line) {
    this.err = err;
    this.bar =
        new ProgressBarBuilder()
            .setInitialMax(UNKNOWN)
            .setRenderer((state, width) -> cut(line.get(), Math.min(width, WIDTH)))
            .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
            .build();
  }

  private static String cut(String line, int width) {
    return line.length() <= width ? line : line.substring(0, Math.max(0, width));
  }

  /** Prints a sentence above the line. */
  void say(String sentence) {
    bar.pause();
    err.println(ERASE + sentence);
    bar.resume();
  }

  @Override
  public void close() {
    bar.close();
  }
}
