package dev.attune.models;

import dev.attune.config.textmodel.ModelConfig.Answers;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an answer; null leaves a setting to the provider.
 *
 * @param temperature 0 to 2
 * @param maxOutputTokens the longest answer in tokens
 * @param seed for answers that can be repeated, where the provider supports it
 * @param thinking {@code off}, {@code low}, {@code high}, or a number of tokens
 */
public record Sampling(
    @Nullable Double temperature,
    @Nullable Integer maxOutputTokens,
    @Nullable Integer seed,
    @Nullable String thinking) {
  /** Every setting is the provider's. */
  public static final Sampling DEFAULT = new Sampling(null, null, null, null);

  /** Returns the configured settings of a model. */
  public static Sampling of(Answers answers) {
    return new Sampling(
        answers.temperature(), answers.maxOutputTokens(), answers.seed(), answers.thinking());
  }
}
