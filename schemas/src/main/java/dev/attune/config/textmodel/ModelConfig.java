package dev.attune.config.textmodel;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the models of attune.yaml. Null means: left out.
 *
 * @param name its key
 * @param model the provider's name of the model; null for {@link Provider#CHAMPION} and {@link
 *     Provider#RECORDED}
 * @param family models of one family may prefer each other's answers; by default from the model's
 *     name
 * @param access where it is asked and by whom
 * @param answers settings of its answers
 * @param limits of requests
 * @param price given here, for a model without a known price
 * @param fallback for {@link Provider#CHAMPION}: the key of the model that answers if there is no
 *     champion or it does not answer
 * @param files for {@link Provider#RECORDED}: patterns of files with recorded answers; else the
 *     file of {@code recordTo}, which keeps answers, too, or empty
 */
public record ModelConfig(
    String name,
    Provider provider,
    @Nullable String model,
    @Nullable String family,
    Access access,
    Answers answers,
    RequestLimits limits,
    @Nullable TokenPrice price,
    @Nullable String fallback,
    List<String> files) {

  public ModelConfig {
    files = List.copyOf(files);
  }

  /** The API that is spoken. */
  public enum Provider {
    /** Gemini, on Vertex AI (project and location) or by API key. */
    GEMINI,
    /** Any host that speaks OpenAI's chat completions. */
    OPENAI,
    /** The tuned model in use. */
    CHAMPION,
    /** Recorded answers; a missing one is an error. */
    RECORDED
  }

  /**
   * Where a model is asked.
   *
   * @param baseUrl of an OpenAI-compatible host, or of an emulator of Gemini
   * @param apiKeyEnv name of the environment variable that holds the key
   */
  public record Access(
      @Nullable String baseUrl,
      @Nullable String apiKeyEnv,
      @Nullable String project,
      @Nullable String location) {}

  /**
   * Settings of answers.
   *
   * @param temperature 0 to 2
   * @param maxOutputTokens bounds the cost; null only for {@link Provider#CHAMPION}, whose models
   *     have limits of their own
   * @param thinking {@code off}, {@code low}, {@code high}, or a number of tokens
   */
  public record Answers(
      @Nullable Double temperature,
      @Nullable Integer maxOutputTokens,
      @Nullable Integer seed,
      @Nullable String thinking) {}

  /**
   * Limits of requests.
   *
   * @param requestsPerMinute attempts, repeated ones included
   * @param tokensPerMinute null for no limit
   * @param parallelism requests under way at once
   * @param deadline of one attempt
   */
  public record RequestLimits(
      int requestsPerMinute,
      @Nullable Integer tokensPerMinute,
      int parallelism,
      Duration deadline) {}

  /**
   * Price in US dollars for a million tokens.
   *
   * @param cachedInput of input tokens read from a cache
   * @param output of answer and thinking
   * @param cacheHour of storing tokens in a cache for an hour; null if it is not known
   */
  public record TokenPrice(
      BigDecimal input, BigDecimal cachedInput, BigDecimal output, @Nullable BigDecimal cacheHour) {
    /** A price without one for caches. */
    public TokenPrice(BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
      this(input, cachedInput, output, null);
    }
  }
}
