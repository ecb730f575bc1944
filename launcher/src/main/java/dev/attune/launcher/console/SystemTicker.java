package dev.attune.launcher.console;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Measures real time and calls from a daemon thread. */
public final class SystemTicker implements Ticker {
  public static final Ticker INSTANCE = new SystemTicker();

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
