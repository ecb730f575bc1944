package dev.attune.launcher.console;

/** Measures elapsed time and calls the display of progress every second. */
public interface Ticker {
  /** Returns nanoseconds, for differences only. */
  long nanoTime();

  /** Calls {@code show} every second until the result is closed. */
  Ticking everySecond(Runnable show);

  /** A repeated call that can be ended. */
  interface Ticking extends AutoCloseable {
    @Override
    void close();
  }
}
