package dev.attune.config;

import java.util.Arrays;

/**
 * The part of attune.yaml that says how a model is evaluated, and what it must reach.
 *
 * @param metric what is compared
 * @param minimumGainOverBase the 95% interval of the gain over the base model must lie above it, -1
 *     to 1
 * @param maximumRecallDropPerCategory how much recall one category may lose, 0 to 1
 * @param maximumInvalidShare the share of answers that are no categories, 0 to 1
 * @param minimumExamples how many validation examples must be asked and counted, 1 or more
 * @param parallelism how many questions are under way at once
 * @param requestsPerMinute how many questions to a hosted model are begun in a minute at most
 */
public record EvaluationConfig(
    Metric metric,
    double minimumGainOverBase,
    double maximumRecallDropPerCategory,
    double maximumInvalidShare,
    int minimumExamples,
    int parallelism,
    int requestsPerMinute) {

  /** What is compared: means of F1 over categories or over decisions, or exact answers. */
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
