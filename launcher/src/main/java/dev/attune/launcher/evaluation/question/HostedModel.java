package dev.attune.launcher.evaluation.question;

import dev.attune.schema.ExampleLine;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Asks a hosted model within a rate limit, and again after transient faults. Every attempt counts
 * towards the limit.
 */
final class HostedModel implements QuestionPool.AnswerCall {
  /** Spreads the repetition of questions that failed at the same time. */
  private static final double JITTER = 0.25;

  private final AnsweringModel model;
  private final RateLimiter<Object> limit;
  private final RetryPolicy<Object> retries;

  /**
   * Creates a caller of a model.
   *
   * @param stopped returns whether to stop asking again
   * @param waits called before each wait
   */
  HostedModel(
      AnsweringModel model,
      int requestsPerMinute,
      RetryLimits limits,
      BooleanSupplier stopped,
      WaitListener waits) {
    this.model = model;
    this.limit = RateLimiter.smoothBuilder(requestsPerMinute, Duration.ofMinutes(1)).build();
    this.retries =
        RetryPolicy.builder()
            .handleIf(fault -> fault instanceof AskException ask && ask.isTransient())
            .abortIf((answer, fault) -> stopped.getAsBoolean())
            .withBackoff(limits.firstWait(), limits.longestWait())
            .withJitter(JITTER)
            .withMaxAttempts(limits.attempts())
            .onRetryScheduled(
                wait -> {
                  if (wait.getLastException() instanceof AskException fault) {
                    waits.begin(fault, wait.getDelay(), wait.getAttemptCount() + 1);
                  }
                })
            .build();
  }

  /** Shows the wait before a question is asked again. */
  @FunctionalInterface
  interface WaitListener {
    /**
     * Called when a wait begins.
     *
     * @param attempt number of the next attempt, from 2
     */
    void begin(AskException fault, Duration time, int attempt);
  }

  @Override
  public String answer(ExampleLine example) throws AskException, InterruptedException {
    try {
      return Failsafe.with(retries)
          .get(
              () -> {
                limit.acquirePermit();
                return model.answer(example);
              });
    } catch (FailsafeException e) {
      if (e.getCause() instanceof AskException fault) {
        throw fault;
      }
      if (e.getCause() instanceof InterruptedException) {
        throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
      }
      throw e;
    }
  }
}
