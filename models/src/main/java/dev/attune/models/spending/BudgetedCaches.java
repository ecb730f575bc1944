package dev.attune.models.spending;

import dev.attune.catalog.TextModelPrice;
import dev.attune.message.Messages;
import dev.attune.models.ContextCache;
import dev.attune.models.ContextCaches;
import dev.attune.models.ModelException;
import dev.attune.models.ModelException.Kind;
import dev.attune.models.ModelRequest;
import dev.attune.models.RequestTokens;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Creates context caches within a budget: reserves what the estimated tokens cost, and charges what
 * the counted ones do, storage for the whole lifetime included. A deletion before its end gives
 * nothing back.
 */
public final class BudgetedCaches implements ContextCaches {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ContextCaches caches;
  private final TextModelPrice price;
  private final Budget budget;
  private final String model;

  /**
   * Creates a layer.
   *
   * @param model the provider's name of the model
   */
  public BudgetedCaches(ContextCaches caches, TextModelPrice price, Budget budget, String model) {
    this.caches = caches;
    this.price = price;
    this.budget = budget;
    this.model = model;
  }

  /**
   * Returns what a cache with content costs at most.
   *
   * @throws ModelException of kind SPENDING if the price of storage is not known
   */
  public CacheCost cost(ModelRequest content, Duration lifetime) throws ModelException {
    return cost(RequestTokens.input(content), lifetime);
  }

  /**
   * Returns what a cache of so many tokens costs.
   *
   * @throws ModelException of kind SPENDING if the price of storage is not known
   */
  public CacheCost cost(long tokens, Duration lifetime) throws ModelException {
    Optional<BigDecimal> storage = price.storageUsd(tokens, lifetime);
    Optional<BigDecimal> anHour = storageAnHour(tokens);
    if (storage.isEmpty() || anHour.isEmpty()) {
      throw new ModelException(
          Kind.SPENDING, Messages.of("models.spending.cache-price", model), null);
    }
    return new CacheCost(
        tokens,
        price.usd(tokens, 0, 0),
        storage.orElseThrow(),
        anHour.orElseThrow(),
        savedByARequest(tokens));
  }

  /** Returns what storing tokens for an hour costs; empty if the price is not known. */
  public Optional<BigDecimal> storageAnHour(long tokens) {
    return price.storageUsd(tokens, HOUR);
  }

  /** Returns what a request costs less if these tokens are read from a cache. */
  public BigDecimal savedByARequest(long tokens) {
    return price.usd(tokens, 0, 0).subtract(price.usd(0, tokens, 0));
  }

  @Override
  public ContextCache create(String label, ModelRequest content, Duration lifetime)
      throws ModelException, InterruptedException {
    BigDecimal most = cost(content, lifetime).total();
    budget.reserve(most);
    BigDecimal actual = BigDecimal.ZERO;
    try {
      ContextCache created = caches.create(label, content, lifetime);
      actual = cost(created.tokens(), lifetime).total();
      return created;
    } finally {
      budget.settle(most, actual);
    }
  }

  @Override
  public List<ContextCache> list() throws ModelException, InterruptedException {
    return caches.list();
  }

  @Override
  public void delete(ContextCache cache) throws ModelException, InterruptedException {
    caches.delete(cache);
  }
}
