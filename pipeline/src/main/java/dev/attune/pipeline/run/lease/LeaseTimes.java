package dev.attune.pipeline.run.lease;

import java.time.Duration;

/**
 * How long a lock lives, and how long others wait for it.
 *
 * @param lease after the last renewal another run may take the lock over
 * @param renewal the time between two renewals
 * @param watch in this time an owner that lives renews its lock at least once
 * @param poll how often a waiting run looks at the lock
 * @param clockError by which clocks of machines may differ
 */
record LeaseTimes(
    Duration lease, Duration renewal, Duration watch, Duration poll, Duration clockError) {
  private static final LeaseTimes STANDARD =
      new LeaseTimes(
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofSeconds(75),
          Duration.ofSeconds(3),
          Duration.ofMinutes(15));

  private static volatile LeaseTimes current = STANDARD;

  static LeaseTimes current() {
    return current;
  }

  /** Sets the times of leases that are taken from now on; for tests. */
  static void use(LeaseTimes times) {
    current = times;
  }
}
