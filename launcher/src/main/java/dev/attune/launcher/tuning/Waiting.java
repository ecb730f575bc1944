package dev.attune.launcher.tuning;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Waits between two looks, until a deadline. */
public final class Waiting {
  private final InstantSource clock;
  private final Pause pause;
  private final Instant deadline;

  Waiting(InstantSource clock, Pause pause, Duration atMost) {
    this.clock = clock;
    this.pause = pause;
    this.deadline = clock.instant().plus(atMost);
  }

  Instant now() {
    return clock.instant();
  }

  /** When a wait of this long would end, or null where the deadline has passed already. */
  public @Nullable Instant endOf(Duration time) {
    Instant end = clock.instant().plus(time);
    if (!clock.instant().isBefore(deadline)) {
      return null;
    }
    return end.isBefore(deadline) ? end : deadline;
  }

  /** When waiting ends at the latest. */
  public Instant deadline() {
    return deadline;
  }

  /**
   * Waits this long, or until the deadline.
   *
   * @return false where the deadline has passed already, or somebody interrupts
   */
  boolean pause(Duration time) {
    Duration left = Duration.between(clock.instant(), deadline);
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    try {
      pause.of(time.compareTo(left) < 0 ? time : left);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
