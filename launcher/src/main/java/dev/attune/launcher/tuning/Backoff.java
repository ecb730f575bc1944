package dev.attune.launcher.tuning;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait, each time longer up to a bound. A tenth more or less is left to chance, so that
 * two who began together do not ask together for ever.
 */
final class Backoff {
  private static final double JITTER = 0.1;

  private final Duration first;
  private final Duration longest;
  private final double factor;
  private final RandomGenerator dice;
  private Duration next;

  Backoff(Duration first, Duration longest, double factor, RandomGenerator dice) {
    if (first.isNegative() || longest.compareTo(first) < 0 || factor < 1) {
      throw new IllegalArgumentException(first + " to " + longest + ", times " + factor);
    }
    this.first = first;
    this.longest = longest;
    this.factor = factor;
    this.dice = dice;
    this.next = first;
  }

  Duration next() {
    Duration now = next;
    Duration longer = times(now, factor);
    next = longer.compareTo(longest) < 0 ? longer : longest;
    return times(now, 1 + JITTER * (2 * dice.nextDouble() - 1));
  }

  void reset() {
    next = first;
  }

  private static Duration times(Duration time, double factor) {
    return Duration.ofNanos((long) (time.toNanos() * factor));
  }
}
