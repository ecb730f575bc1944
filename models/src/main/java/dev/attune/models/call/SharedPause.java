package dev.attune.models.call;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pauses all calls of a model after its rate limit refused one. Answers of calls that began before
 * the pause do not lengthen it, unless the provider asks for a longer wait.
 */
final class SharedPause {
  /** Spreads the calls of several processes. */
  private static final double JITTER = 0.25;

  private static final int MOST_DOUBLINGS = 20;

  private final RetryRules rules;
  private boolean refusing;
  private long refusedSince;
  private long setAt;
  private long until;
  private int pauses;

  SharedPause(RetryRules rules) {
    this.rules = rules;
    long now = System.nanoTime();
    this.setAt = now;
    this.until = now;
  }

  /** Waits until the pause has ended. Returns whether there was anything to wait for. */
  boolean await() throws InterruptedException {
    boolean waited = false;
    for (long left = left(); left > 0; left = left()) {
      TimeUnit.NANOSECONDS.sleep(left);
      waited = true;
    }
    return waited;
  }

  private synchronized long left() {
    return until - System.nanoTime();
  }

  /** A call was answered. */
  synchronized void answered() {
    refusing = false;
    pauses = 0;
  }

  /** Begins a pause as long as the provider asks for. */
  synchronized void extend(Duration wait) {
    long now = System.nanoTime();
    if (now + wait.toNanos() - until > 0) {
      until = now + wait.toNanos();
      setAt = now;
    }
  }

  /**
   * The rate limit refused a call: begins a pause, or a longer one.
   *
   * @param began {@link System#nanoTime} at the beginning of the call
   * @return how long calls have been refused without an answer in between
   */
  synchronized Duration refused(long began) {
    long now = System.nanoTime();
    if (!refusing) {
      refusing = true;
      refusedSince = now;
    }
    if (began - setAt >= 0 || pauses == 0) {
      double jitter = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
      extend(Duration.ofNanos((long) (backoff(pauses) * jitter)));
      pauses++;
    }
    return Duration.ofNanos(now - refusedSince);
  }

  private long backoff(int doublings) {
    double wait = rules.firstWait().toNanos() * Math.pow(2, Math.min(doublings, MOST_DOUBLINGS));
    return (long) Math.min(wait, rules.longestWait().toNanos());
  }
}
