package dev.attune.launcher.console;

/** Says how long a step has taken, and calls every second what shows it. */
public interface Ticker {
  /** Nanoseconds since some moment; of use as a difference only. */
  long nanoTime();

  /** Calls {@code show} every second until the result is closed. */
  Ticking everySecond(Runnable show);

  /** A repeated call that can be ended. */
  interface Ticking extends AutoCloseable {
    @Override
    void close();
  }
}
