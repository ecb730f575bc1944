package dev.attune.models.call;

import dev.attune.models.ContextCache;
import dev.attune.models.ContextCaches;
import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;
import java.util.List;

/**
 * Repeats calls that meet a transient fault or the rate limit, except the creation of a cache,
 * which is paid for.
 */
public final class RepeatedCaches implements ContextCaches {
  private final ContextCaches caches;
  private final RetryPolicy<Object> retries;

  public RepeatedCaches(ContextCaches caches, RetryRules rules) {
    this.caches = caches;
    this.retries =
        RetryPolicy.builder()
            .handleIf(fault -> fault instanceof ModelException e && e.isTransient())
            .withBackoff(rules.firstWait(), rules.longestWait())
            .withMaxAttempts(rules.attempts())
            .build();
  }

  @Override
  public ContextCache create(String label, ModelRequest content, Duration lifetime)
      throws ModelException, InterruptedException {
    return caches.create(label, content, lifetime);
  }

  @Override
  public List<ContextCache> list() throws ModelException, InterruptedException {
    return repeated(caches::list);
  }

  @Override
  public void delete(ContextCache cache) throws ModelException, InterruptedException {
    repeated(
        () -> {
          caches.delete(cache);
          return cache;
        });
  }

  private <T> T repeated(CheckedSupplier<T> call) throws ModelException, InterruptedException {
    try {
      return Failsafe.with(retries).get(call);
    } catch (FailsafeException e) {
      throw PacedModel.cause(e);
    }
  }
}
