package dev.attune.launcher.tuning.status;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Waits between two calls, until a deadline. */
public final class DeadlineTimer {
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Instant deadline;

  public DeadlineTimer(InstantSource clock, Sleeper sleeper, Duration atMost) {
    this.clock = clock;
    this.sleeper = sleeper;
    this.deadline = clock.instant().plus(atMost);
  }

  public Instant now() {
    return clock.instant();
  }

  /** Returns when a wait of this length would end, or null if the deadline has passed. */
  public @Nullable Instant endOf(Duration time) {
    Instant end = clock.instant().plus(time);
    if (!clock.instant().isBefore(deadline)) {
      return null;
    }
    return end.isBefore(deadline) ? end : deadline;
  }

  /** Returns when waiting ends at the latest. */
  public Instant deadline() {
    return deadline;
  }

  /**
   * Waits this long, or until the deadline.
   *
   * @return false if the deadline has passed, or the thread was interrupted
   */
  public boolean pause(Duration time) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    try {
      sleeper.sleep(time.compareTo(left) < 0 ? time : left);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
