package dev.attune.launcher.tuning.status;

import java.time.Duration;

/** Suspends the calling thread. Tests replace it by a clock that jumps ahead. */
@FunctionalInterface
public interface Sleeper {
  /** Sleeps as {@link Thread#sleep(long)} does. */
  Sleeper THREAD_SLEEP = time -> Thread.sleep(time.toMillis());

  /** Returns after the time has passed. */
  void sleep(Duration time) throws InterruptedException;
}
