package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate looks at: how good models are on the same examples.
 *
 * @param dataset name of the dataset whose validation examples were asked
 * @param runId names its directory
 * @param fingerprint {@code sha256:} and 64 hex digits
 * @param examples how many were asked
 * @param model whom it is about
 * @param base what it was tuned from, or null: not compared
 * @param champion what was in use, or null: not compared
 */
public record Evidence(
    String dataset,
    String runId,
    String fingerprint,
    int examples,
    Measured model,
    @Nullable Measured base,
    @Nullable Measured champion) {

  /**
   * How good one model is.
   *
   * @param id of the job that made it, or the name of a base model
   * @param metrics from 0 to 1; those that were not measured are absent
   * @param invalidShare share of answers that are not only categories; NaN where not measured
   * @param categories those that are true or predicted anywhere, in the taxonomy's order
   */
  public record Measured(
      String id,
      Map<Metric, Double> metrics,
      double invalidShare,
      Map<String, Counted> categories) {
    public Measured {
      metrics = Map.copyOf(metrics);
      categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }

    /** A metric, or NaN where it was not measured. */
    public double figure(Metric metric) {
      return metrics.getOrDefault(metric, Double.NaN);
    }

    /**
     * Whether it gave the same categories in every answer, without looking at the prompt.
     *
     * @param examples how many it was asked about
     */
    boolean isConstant(int examples) {
      return categories.values().stream()
          .allMatch(counted -> counted.predicted() == 0 || counted.predicted() == examples);
    }
  }

  /**
   * What was counted of a category.
   *
   * @param support in how many examples it is true
   * @param predicted in how many answers it was given
   * @param correct in how many of these rightly
   */
  public record Counted(int support, int predicted, int correct) {
    /** Share of the examples in which it is true that were recognised. */
    double recall() {
      return (double) correct / support;
    }
  }
}
