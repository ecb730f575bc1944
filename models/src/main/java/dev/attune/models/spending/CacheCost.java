package dev.attune.models.spending;

import java.math.BigDecimal;

/**
 * What a context cache costs, and what it saves, in US dollars.
 *
 * @param tokens of its content
 * @param creation its tokens at the price of input
 * @param storage until it expires
 * @param storageAnHour storage for an hour
 * @param savedByARequest what a request with the cache costs less than one with the content
 */
public record CacheCost(
    long tokens,
    BigDecimal creation,
    BigDecimal storage,
    BigDecimal storageAnHour,
    BigDecimal savedByARequest) {
  /** Returns the cost of creating the cache and storing it until it expires. */
  public BigDecimal total() {
    return creation.add(storage);
  }
}
