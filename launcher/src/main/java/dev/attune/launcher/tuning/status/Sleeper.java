package dev.attune.launcher.tuning.status;

import java.time.Duration;

/** Waits for a time; the one of tests only moves their clock. */
@FunctionalInterface
public interface Sleeper {
  /** Sleeps in this thread. */
  Sleeper SLEEP = time -> Thread.sleep(time.toMillis());

  /** Returns after this time. */
  void of(Duration time) throws InterruptedException;
}
