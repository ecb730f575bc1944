package dev.attune.launcher.console;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Says how long a step has taken, and calls every second what shows it. */
public interface Ticker {
  /** Real time, from one thread of this process. */
  Ticker SYSTEM = new SystemTicker();

  /** Nanoseconds since some moment; of use as a difference only. */
  long nanoTime();

  /** Calls {@code show} every second until the result is closed. */
  Ticking everySecond(Runnable show);

  /** A repeated call that can be ended. */
  interface Ticking extends AutoCloseable {
    @Override
    void close();
  }

  /** {@link #SYSTEM}. */
  final class SystemTicker implements Ticker {
    private final ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "attune-progress");
              daemon.setDaemon(true);
              return daemon;
            });

    private SystemTicker() {}

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public Ticking everySecond(Runnable show) {
      ScheduledFuture<?> repeated = thread.scheduleAtFixedRate(show, 1, 1, TimeUnit.SECONDS);
      return () -> repeated.cancel(false);
    }
  }
}
