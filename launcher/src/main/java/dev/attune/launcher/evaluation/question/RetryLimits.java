package dev.attune.launcher.evaluation.question;

import java.time.Duration;

/**
 * Limits for asking a hosted model a question again after a transient fault.
 *
 * @param attempts maximum number of attempts, including the first
 * @param firstWait wait before the second attempt; doubled for each further one, plus or minus 25%
 * @param longestWait maximum wait between two attempts
 */
public record RetryLimits(int attempts, Duration firstWait, Duration longestWait) {
  /** About a minute in all, because quotas of hosted models are counted per minute. */
  public static final RetryLimits DEFAULT =
      new RetryLimits(7, Duration.ofSeconds(1), Duration.ofSeconds(32));
}
