package dev.attune.models;

/**
 * Tokens of an answer, as the provider counts them.
 *
 * @param input tokens of the request, without the cached ones
 * @param cachedInput tokens of the request that were read from a cache
 * @param output tokens of the answer, without thinking
 * @param thinking tokens of thinking; billed as output
 */
public record Usage(long input, long cachedInput, long output, long thinking) {
  /** No tokens. */
  public static final Usage NONE = new Usage(0, 0, 0, 0);

  /** Returns the sum. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cachedInput + other.cachedInput,
        output + other.output,
        thinking + other.thinking);
  }
}
