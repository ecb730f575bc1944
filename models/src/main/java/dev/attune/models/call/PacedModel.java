package dev.attune.models.call;

import dev.attune.message.Messages;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelRequest;
import dev.attune.models.ReplyListener;
import dev.attune.models.RequestTokens;
import dev.attune.models.TextModel;
import dev.attune.models.Usage;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Calls a model within its limits.
 *
 * <ul>
 *   <li>Attempts are spread evenly over the period, so that no period has more of them than the
 *       limit, however many threads ask.
 *   <li>A refusal for the rate limit pauses all calls, for the time that the provider asks for, or
 *       twice as long as the last pause. The request stays in line: it is lost only if no request
 *       is answered within the patience of {@link RetryRules}.
 *   <li>Transient faults are repeated after a wait with jitter, or after the wait that the provider
 *       asks for.
 *   <li>An attempt beyond the deadline is interrupted and counts as a transient fault.
 *   <li>After many transient faults in a row every request fails at once, with kind MODEL.
 * </ul>
 */
public final class PacedModel implements TextModel {
  private static final double JITTER = 0.25;

  /** Longer than any command runs. */
  private static final Duration FOR_GOOD = Duration.ofDays(365);

  private final TextModel adapter;
  private final RetryRules rules;
  private final RateLimiter<Object> requests;
  private final @Nullable RateLimiter<Object> tokens;
  private final Semaphore free;
  private final Duration limit;
  private final Timeout<Object> deadline;
  private final RetryPolicy<Object> retries;
  private final CircuitBreaker<Object> breaker;
  private final SharedPause pause;
  private volatile String lastFault = "";

  /** Creates a layer, which closes the adapter when it is closed. */
  public PacedModel(TextModel adapter, CallLimits limits, RetryRules rules) {
    this.adapter = adapter;
    this.rules = rules;
    this.requests = RateLimiter.smoothBuilder(limits.requests(), limits.period()).build();
    Integer most = limits.tokens();
    this.tokens =
        most == null ? null : RateLimiter.smoothBuilder((long) most, limits.period()).build();
    this.free = new Semaphore(limits.parallelism(), true);
    this.limit = limits.deadline();
    this.deadline = Timeout.builder(limit).withInterrupt().build();
    this.breaker =
        CircuitBreaker.builder()
            .withFailureThreshold(rules.faultsInARow())
            .withDelay(FOR_GOOD)
            .build();
    this.retries =
        RetryPolicy.builder()
            .handleIf(fault -> fault instanceof ModelException e && e.kind() == Kind.TRANSIENT)
            .abortIf((reply, fault) -> breaker.isOpen())
            .withBackoff(rules.firstWait(), rules.longestWait())
            .withJitter(JITTER)
            .withMaxAttempts(rules.attempts())
            .build();
    this.pause = new SharedPause(rules);
  }

  /** One attempt. */
  @FunctionalInterface
  private interface Attempt {
    ModelReply send() throws ModelException, InterruptedException;
  }

  @Override
  public ModelIdentity identity() {
    return adapter.identity();
  }

  @Override
  public ModelReply ask(ModelRequest request) throws ModelException, InterruptedException {
    return call(request, () -> adapter.ask(request), () -> {});
  }

  @Override
  public ModelReply stream(ModelRequest request, ReplyListener listener)
      throws ModelException, InterruptedException {
    RestartableListener parts = new RestartableListener(listener);
    return call(request, () -> adapter.stream(request, parts), parts::restart);
  }

  private ModelReply call(ModelRequest request, Attempt attempt, Runnable beforeRepetition)
      throws ModelException, InterruptedException {
    try {
      return Failsafe.with(retries)
          .get(
              context -> {
                if (!context.isFirstAttempt()) {
                  beforeRepetition.run();
                }
                return untilAdmitted(request, attempt, beforeRepetition);
              });
    } catch (FailsafeException e) {
      throw cause(e);
    }
  }

  /** Sends a request until the rate limit does not refuse it. */
  private ModelReply untilAdmitted(ModelRequest request, Attempt attempt, Runnable beforeRepetition)
      throws ModelException, InterruptedException {
    while (true) {
      free.acquire();
      try {
        requireClosed();
        long estimated = awaitTurn(request);
        requireClosed();
        long began = System.nanoTime();
        try {
          ModelReply reply = withinDeadline(attempt);
          breaker.recordSuccess();
          pause.answered();
          charge(reply.usage(), estimated);
          return reply;
        } catch (ModelException e) {
          note(e, began);
        }
      } finally {
        free.release();
      }
      beforeRepetition.run();
    }
  }

  /** Waits for a pause and for both limits. Returns the tokens that were acquired. */
  private long awaitTurn(ModelRequest request) throws InterruptedException {
    long estimated = RequestTokens.input(request);
    do {
      pause.await();
      requests.acquirePermit();
    } while (pause.await());
    if (tokens != null) {
      tokens.acquirePermits((int) Math.min(estimated, Integer.MAX_VALUE));
    }
    return estimated;
  }

  /** Tokens that the estimate did not have delay the following requests. */
  private void charge(Usage usage, long estimated) {
    long more = usage.input() + usage.cachedInput() + usage.output() + usage.thinking() - estimated;
    if (tokens != null && more > 0) {
      tokens.reservePermits((int) Math.min(more, Integer.MAX_VALUE));
    }
  }

  /**
   * Notes a fault for all calls. Returns if the rate limit refused the request, which is sent again
   * then.
   */
  private void note(ModelException fault, long began) throws ModelException {
    Duration asked = fault.retryAfter();
    boolean tooLong = asked != null && asked.compareTo(rules.quotaPatience()) > 0;
    if (fault.isTransient() && asked != null && !tooLong) {
      pause.extend(asked);
    }
    if (fault.kind() == Kind.TRANSIENT) {
      lastFault = String.valueOf(fault.getMessage());
      breaker.recordFailure();
    }
    if (fault.kind() != Kind.QUOTA) {
      throw fault;
    }
    Duration refused = pause.refused(began);
    if (tooLong || refused.compareTo(rules.quotaPatience()) > 0) {
      lastFault = String.valueOf(fault.getMessage());
      breaker.open();
      throw new ModelException(
          Kind.QUOTA,
          tooLong
              ? Messages.of("models.call.wait-too-long", name(), shown(asked), lastFault)
              : Messages.of("models.call.always-refused", name(), seconds(refused), lastFault),
          asked,
          fault);
    }
  }

  private void requireClosed() throws ModelException {
    if (breaker.isOpen()) {
      throw new ModelException(
          Kind.MODEL, Messages.of("models.call.given-up", name(), lastFault), null);
    }
  }

  private ModelReply withinDeadline(Attempt attempt) throws ModelException, InterruptedException {
    try {
      return Failsafe.with(deadline).get(attempt::send);
    } catch (TimeoutExceededException e) {
      throw new ModelException(
          Kind.TRANSIENT, Messages.of("models.call.deadline", name(), seconds(limit)), e);
    } catch (FailsafeException e) {
      throw cause(e);
    }
  }

  /** Returns the cause of a failure, or throws the one that is not a fault of the model. */
  static ModelException cause(FailsafeException e) throws InterruptedException {
    if (e.getCause() instanceof ModelException fault) {
      return fault;
    }
    if (e.getCause() instanceof InterruptedException) {
      throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
    }
    throw e;
  }

  private String name() {
    return adapter.identity().model();
  }

  /** Returns a wait that a provider asks for, which may be of any length. */
  private static String shown(@Nullable Duration time) {
    if (time == null || time.compareTo(Duration.ofHours(2)) < 0) {
      return seconds(time);
    }
    if (time.compareTo(Duration.ofDays(2)) < 0) {
      return time.toHours() + " hours";
    }
    return time.compareTo(FOR_GOOD) < 0 ? time.toDays() + " days" : "more than a year";
  }

  private static String seconds(@Nullable Duration time) {
    return time == null ? "" : Math.max(1, time.toSeconds()) + " s";
  }

  @Override
  public void close() {
    adapter.close();
  }
}
