package dev.attune.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Size limits of a provider.
 *
 * @param trainingBytes bytes of train.jsonl; {@link Long#MAX_VALUE} if no limit is documented
 * @param trainingExamples lines of train.jsonl; {@link Long#MAX_VALUE} if no limit is documented
 * @param tokens of one example, or null if no limit is documented
 */
public record ExampleLimits(long trainingBytes, long trainingExamples, @Nullable Integer tokens) {
  public ExampleLimits {
    if (trainingBytes < 1 || trainingExamples < 1 || (tokens != null && tokens < 1)) {
      throw new IllegalArgumentException(
          "limits must be at least 1, not "
              + trainingBytes
              + " bytes, "
              + trainingExamples
              + " examples, "
              + tokens
              + " tokens");
    }
  }
}
