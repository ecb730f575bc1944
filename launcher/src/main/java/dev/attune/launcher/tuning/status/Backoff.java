package dev.attune.launcher.tuning.status;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The time between two calls of a back end, each time longer up to a bound. A random tenth is added
 * or subtracted, so that two processes that began together do not keep calling at the same time.
 */
public final class Backoff {
  private static final double JITTER = 0.1;
  private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
  private static final int LONGEST_POLL = 4;

  private final Duration first;
  private final Duration longest;
  private final double factor;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration first, Duration longest, double factor, RandomGenerator random) {
    if (first.isNegative() || longest.compareTo(first) < 0 || factor < 1) {
      throw new IllegalArgumentException(first + " to " + longest + ", times " + factor);
    }
    this.first = first;
    this.longest = longest;
    this.factor = factor;
    this.random = random;
    this.next = first;
  }

  /** Returns the waits between two lists of a back end's jobs. */
  public static Backoff betweenLists() {
    return of(Duration.ofMillis(500), Duration.ofSeconds(30), 2);
  }

  /** Returns the waits before a job is created again after a quota was used up. */
  public static Backoff forQuota() {
    return of(Duration.ofSeconds(10), Duration.ofMinutes(5), 2);
  }

  /** Returns the waits between two polls of a job, from the given time to four times of it. */
  public static Backoff betweenPolls(Duration first) {
    Duration shortest = first.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : first;
    return of(shortest, shortest.multipliedBy(LONGEST_POLL), 1.25);
  }

  private static Backoff of(Duration first, Duration longest, double factor) {
    return new Backoff(first, longest, factor, new SplittableRandom());
  }

  /** Returns the next wait. */
  public Duration next() {
    Duration now = next;
    Duration longer = times(now, factor);
    next = longer.compareTo(longest) < 0 ? longer : longest;
    return times(now, 1 + JITTER * (2 * random.nextDouble() - 1));
  }

  /** Begins again with the shortest wait. */
  public void reset() {
    next = first;
  }

  private static Duration times(Duration time, double factor) {
    return Duration.ofNanos((long) (time.toNanos() * factor));
  }
}
