package dev.attune.config;

import java.util.Arrays;

/**
 * The section {@code evaluation} of attune.yaml: how a model is evaluated, and the limits of the
 * gate.
 *
 * @param metric the figure that is compared
 * @param minimumGainOverBase the 95% interval of the gain over the base model must lie above it, -1
 *     to 1
 * @param maximumRecallDropPerCategory how much recall one category may lose, 0 to 1
 * @param maximumInvalidShare the allowed share of answers that are not categories, 0 to 1
 * @param minimumExamples how many validation examples must be asked and counted, 1 or more
 * @param parallelism how many questions are sent in parallel
 * @param requestsPerMinute the maximum of questions per minute to a hosted model
 */
public record EvaluationConfig(
    Metric metric,
    double minimumGainOverBase,
    double maximumRecallDropPerCategory,
    double maximumInvalidShare,
    int minimumExamples,
    int parallelism,
    int requestsPerMinute) {

  /** The compared metric: mean F1 over categories, F1 over decisions, or exact answers. */
  public enum Metric {
    MACRO_F1("macroF1"),
    MICRO_F1("microF1"),
    ACCURACY("accuracy");

    private final String key;

    Metric(String key) {
      this.key = key;
    }

    /** Returns the metric of a key; throws IllegalArgumentException for any other text. */
    static Metric of(String key) {
      return Arrays.stream(values())
          .filter(metric -> metric.key.equals(key))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("unknown metric " + key));
    }

    /** Returns the name in attune.yaml and in reports. */
    public String key() {
      return key;
    }
  }
}
