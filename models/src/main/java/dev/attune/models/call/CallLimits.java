package dev.attune.models.call;

import dev.attune.config.textmodel.ModelConfig.RequestLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of calls of one model.
 *
 * @param requests attempts in a period, evenly spread; repeated ones count
 * @param tokens tokens of requests and answers in a period, or null for no limit
 * @param period a minute, except in tests
 * @param parallelism attempts under way at once
 * @param deadline of one attempt, without waits
 */
public record CallLimits(
    int requests, @Nullable Integer tokens, Duration period, int parallelism, Duration deadline) {

  /** Returns the configured limits. */
  public static CallLimits of(RequestLimits limits) {
    return new CallLimits(
        limits.requestsPerMinute(),
        limits.tokensPerMinute(),
        Duration.ofMinutes(1),
        limits.parallelism(),
        limits.deadline());
  }
}
