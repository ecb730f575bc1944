package dev.attune.pipeline.run.lease;

import dev.attune.place.ObjectVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Judges the lock of another launch by looking at it repeatedly. What counts is the time in which
 * it was seen unchanged by one clock, this process's; the deadline that the owner wrote by its own
 * clock only shortens it.
 */
final class LockWatch {
  /** What is known of the owner. */
  enum Finding {
    /** It has renewed the lock, or another launch has taken it over. */
    ALIVE,
    /** Nothing can be said yet. */
    UNKNOWN,
    /** It has not renewed the lock for as long as it promised to. */
    DEAD
  }

  private final LeaseTimes times;
  private @Nullable ObjectVersion first;
  private long firstSeen;

  LockWatch(LeaseTimes times) {
    this.times = times;
  }

  Finding look(ObjectVersion lock) {
    ObjectVersion before = first;
    if (before == null) {
      first = lock;
      firstSeen = System.nanoTime();
    } else if (before.generation() != lock.generation()
        || before.metageneration() != lock.metageneration()) {
      return Finding.ALIVE;
    }
    Duration unchanged = Duration.ofNanos(System.nanoTime() - firstSeen);
    Duration overdue = LockNote.of(lock).overdue();
    boolean dead =
        overdue.compareTo(times.clockError()) > 0
            || unchanged.compareTo(times.lease()) > 0
            || (unchanged.compareTo(times.watch()) > 0 && overdue.compareTo(Duration.ZERO) > 0);
    return dead ? Finding.DEAD : Finding.UNKNOWN;
  }

  /** Returns whether the lock was looked at. */
  boolean hasBegun() {
    return first != null;
  }
}
