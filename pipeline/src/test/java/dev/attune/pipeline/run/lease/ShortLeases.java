package dev.attune.pipeline.run.lease;

import java.time.Duration;

/** Leases for tests, some seconds long at most. */
public final class ShortLeases {
  private static final LeaseTimes STANDARD = LeaseTimes.current();

  private ShortLeases() {}

  /** Sets a lease that is renewed four times; its owner is watched for half of it. */
  public static void use(Duration lease) {
    LeaseTimes.use(
        new LeaseTimes(
            lease,
            lease.dividedBy(4),
            lease.dividedBy(2),
            Duration.ofMillis(20),
            STANDARD.clockError()));
  }

  public static void reset() {
    LeaseTimes.use(STANDARD);
  }
}
