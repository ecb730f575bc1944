package dev.attune.catalog;

import dev.attune.config.textmodel.ModelConfig.TokenPrice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The price of a text model.
 *
 * @param perMillion US dollars for a million tokens
 * @param longInput the price of long requests, or null if it is the same
 * @param endsOn the first day on which the model does not answer, or null if none is announced
 * @param source where the price is written
 * @param checkedOn the day on which the source was read; null for a price of attune.yaml
 */
public record TextModelPrice(
    TokenPrice perMillion,
    @Nullable LongInput longInput,
    @Nullable LocalDate endsOn,
    String source,
    @Nullable LocalDate checkedOn) {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal SECONDS_OF_AN_HOUR = BigDecimal.valueOf(3600);

  /** Of a model that costs nothing. */
  public static final TextModelPrice FREE =
      of(
          new TokenPrice(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO),
          "costs nothing");

  /** Returns a price without a date. */
  public static TextModelPrice of(TokenPrice perMillion, String source) {
    return new TextModelPrice(perMillion, null, null, source, null);
  }

  /**
   * The price of long requests.
   *
   * @param fromTokens requests of more input tokens are long
   * @param times factor of the price of all their input tokens
   */
  public record LongInput(long fromTokens, BigDecimal times) {}

  /** Returns the price of a model that costs so many times as much. */
  public TextModelPrice times(BigDecimal factor) {
    BigDecimal hour = perMillion.cacheHour();
    return new TextModelPrice(
        new TokenPrice(
            perMillion.input().multiply(factor),
            perMillion.cachedInput().multiply(factor),
            perMillion.output().multiply(factor),
            hour == null ? null : hour.multiply(factor)),
        longInput,
        endsOn,
        source,
        checkedOn);
  }

  /** Returns whether it costs nothing. */
  public boolean isFree() {
    return perMillion.input().signum() == 0
        && perMillion.cachedInput().signum() == 0
        && perMillion.output().signum() == 0;
  }

  /**
   * Returns US dollars, exactly.
   *
   * @param input tokens of the request, without the cached ones
   * @param cachedInput tokens of the request that are read from a cache
   * @param output tokens of the answer and of thinking
   */
  public BigDecimal usd(long input, long cachedInput, long output) {
    BigDecimal request =
        perMillion
            .input()
            .multiply(BigDecimal.valueOf(input))
            .add(perMillion.cachedInput().multiply(BigDecimal.valueOf(cachedInput)));
    if (longInput != null && input + cachedInput > longInput.fromTokens()) {
      request = request.multiply(longInput.times());
    }
    return request
        .add(perMillion.output().multiply(BigDecimal.valueOf(output)))
        .divide(MILLION, MathContext.DECIMAL128);
  }

  /**
   * Returns US dollars for storing tokens in a context cache, exactly; empty if the price is not
   * known.
   */
  public Optional<BigDecimal> storageUsd(long tokens, Duration time) {
    BigDecimal hour = perMillion.cacheHour();
    return hour == null
        ? Optional.empty()
        : Optional.of(
            hour.multiply(BigDecimal.valueOf(tokens))
                .multiply(BigDecimal.valueOf(time.toSeconds()))
                .divide(MILLION.multiply(SECONDS_OF_AN_HOUR), MathContext.DECIMAL128));
  }

  /** Returns whether the model does not answer on a day. */
  public boolean hasEnded(LocalDate today) {
    return endsOn != null && !today.isBefore(endsOn);
  }
}
