package dev.attune.models.call;

import java.time.Duration;

/**
 * When a request is sent again.
 *
 * @param attempts of one request that meets transient faults; refusals for the rate limit do not
 *     count
 * @param firstWait before the second attempt; each further wait is twice as long
 * @param longestWait between two attempts, unless the provider asks for a longer one
 * @param quotaPatience how long the rate limit may refuse every request before the command stops,
 *     and the longest wait that the provider may ask for
 * @param faultsInARow transient faults without an answer in between after which the command stops
 */
public record RetryRules(
    int attempts,
    Duration firstWait,
    Duration longestWait,
    Duration quotaPatience,
    int faultsInARow) {

  /** Five attempts, waits from 1 to 60 seconds, 10 minutes of rate limit, 20 faults in a row. */
  public static final RetryRules DEFAULT =
      new RetryRules(5, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMinutes(10), 20);
}
