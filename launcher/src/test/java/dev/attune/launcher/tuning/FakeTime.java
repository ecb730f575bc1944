package dev.attune.launcher.tuning;

import dev.attune.launcher.tuning.status.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** A clock that only sleeping moves ahead; runs work that was scheduled for a time on the way. */
final class FakeTime implements InstantSource, Sleeper {
  private final TreeMap<Instant, Runnable> ahead = new TreeMap<>();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration time) {
    now = now.plus(time);
    for (Map.Entry<Instant, Runnable> due = ahead.firstEntry();
        due != null && !due.getKey().isAfter(now);
        due = ahead.firstEntry()) {
      ahead.remove(due.getKey());
      due.getValue().run();
    }
  }

  /** Does something when this much time has passed. */
  synchronized void in(Duration time, Runnable work) {
    ahead.put(now.plus(time), work);
  }
}
