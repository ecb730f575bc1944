package dev.attune.launcher.tuning;

import java.time.Duration;

/** Waits; tests have one that only moves their clock. */
@FunctionalInterface
public interface Pause {
  /** Sleeps. */
  Pause SLEEP = time -> Thread.sleep(time.toMillis());

  /** Returns after this time. */
  void of(Duration time) throws InterruptedException;
}
