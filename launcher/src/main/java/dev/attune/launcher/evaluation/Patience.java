package dev.attune.launcher.evaluation;

import java.time.Duration;

/**
 * How often a hosted model is asked the same question, where the fault may pass.
 *
 * @param attempts at most, the first one included
 * @param firstWait before the second attempt; doubled after each, give or take a quarter
 * @param longestWait between two attempts
 */
public record Patience(int attempts, Duration firstWait, Duration longestWait) {
  /** About a minute in all: quotas of hosted models are counted by the minute. */
  public static final Patience USUAL =
      new Patience(7, Duration.ofSeconds(1), Duration.ofSeconds(32));
}
