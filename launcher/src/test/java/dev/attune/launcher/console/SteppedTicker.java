package dev.attune.launcher.console;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that a test moves: a second at a time, each of which is shown before this returns. */
public final class SteppedTicker implements Ticker {
  private final AtomicLong nanos = new AtomicLong();
  private final List<Runnable> shown = new CopyOnWriteArrayList<>();

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public Ticking everySecond(Runnable show) {
    shown.add(show);
    return () -> shown.remove(show);
  }

  public void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      nanos.addAndGet(Duration.ofSeconds(1).toNanos());
      shown.forEach(Runnable::run);
    }
  }

  /** A shell like another, with this time. */
  public Shell with(Shell other) {
    return new Shell(
        other.out(),
        other.err(),
        other.terminal(),
        other.directory(),
        other.environment(),
        other.clock(),
        this);
  }
}
