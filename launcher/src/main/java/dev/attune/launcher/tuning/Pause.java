package dev.attune.launcher.tuning;

import java.time.Duration;

/** Waits for a time; the one of tests only moves their clock. */
@FunctionalInterface
public interface Pause {
  /** Sleeps in this thread. */
  Pause SLEEP = time -> Thread.sleep(time.toMillis());

  /** Returns after this time. */
  void of(Duration time) throws InterruptedException;
}
