package dev.attune.launcher.evaluation;

import dev.attune.schema.ExampleLine;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A model behind a network: asked no more often than is allowed, and asked again where the fault
 * may pass. Every attempt counts for the limit, the repeated ones too.
 */
final class HostedModel implements Questioned {
  /** So that questions that failed together are not repeated together. */
  private static final double JITTER = 0.25;

  private final AskedModel model;
  private final RateLimiter<Object> limit;
  private final RetryPolicy<Object> retries;

  /**
   * A hosted model.
   *
   * @param stopped whether nobody waits for answers any more: then nothing is asked again
   * @param waits told before each wait
   */
  HostedModel(
      AskedModel model,
      int requestsPerMinute,
      Patience patience,
      BooleanSupplier stopped,
      Waits waits) {
    this.model = model;
    this.limit = RateLimiter.smoothBuilder(requestsPerMinute, Duration.ofMinutes(1)).build();
    this.retries =
        RetryPolicy.builder()
            .handleIf(fault -> fault instanceof AskException ask && ask.isTransient())
            .abortIf((answer, fault) -> stopped.getAsBoolean())
            .withBackoff(patience.firstWait(), patience.longestWait())
            .withJitter(JITTER)
            .withMaxAttempts(patience.attempts())
            .onRetryScheduled(
                wait -> {
                  if (wait.getLastException() instanceof AskException fault) {
                    waits.begin(fault, wait.getDelay(), wait.getAttemptCount() + 1);
                  }
                })
            .build();
  }

  /** Is told that a question will be asked again. */
  @FunctionalInterface
  interface Waits {
    /**
     * A wait begins.
     *
     * @param fault why
     * @param time how long
     * @param attempt which attempt follows, from 2
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
