package dev.attune.config;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
 * @param judging how answers to conversations are compared
 */
public record EvaluationConfig(
    Metric metric,
    double minimumGainOverBase,
    double maximumRecallDropPerCategory,
    double maximumInvalidShare,
    int minimumExamples,
    int parallelism,
    int requestsPerMinute,
    Judging judging) {

  /**
   * The judges of a conversation dataset.
   *
   * @param judges keys under {@code models}, none or two and more
   * @param rubric path of a rubric, or null for Attune's own
   * @param gold path of people's choices, or null
   * @param minimumJudgeAgreement the least agreement with people's choices, 0 to 1; a judge below
   *     it is left out
   */
  public record Judging(
      List<String> judges,
      @Nullable String rubric,
      @Nullable String gold,
      double minimumJudgeAgreement) {
    /** The agreement that is required where attune.yaml names none. */
    public static final double MINIMUM_AGREEMENT = 0.6;

    /** No judges. */
    public static final Judging NONE = new Judging(List.of(), null, null, MINIMUM_AGREEMENT);

    public Judging {
      judges = List.copyOf(judges);
    }
  }

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
