package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the gate looks at: how good models are on the same examples.
 *
 * @param version {@code schemaVersion} of the evaluation
 * @param dataset name of the dataset whose validation examples were asked
 * @param runId names its directory
 * @param fingerprint {@code sha256:} and 64 hex digits
 * @param examples how many were asked and counted
 * @param unfair how many were left out because a compared model was tuned on them
 * @param model the model to be promoted
 * @param base what it was tuned from, or null: not compared
 * @param champion what was in use, or null: not compared
 */
public record Evidence(
    int version,
    String dataset,
    String runId,
    String fingerprint,
    int examples,
    int unfair,
    Measured model,
    @Nullable Compared base,
    @Nullable Compared champion) {
  /** The first version of evaluation.json that counts the answers that differ. */
  private static final int WITH_PAIRS = 2;

  /** Whether the evaluation was made under older rules and lacks what the gate needs. */
  public boolean isOlder() {
    return version < WITH_PAIRS;
  }

  /** How good the base model is, or null: not compared. */
  public @Nullable Measured measuredBase() {
    return base == null ? null : base.measured();
  }

  /** How good the champion is, or null: not compared. */
  public @Nullable Measured measuredChampion() {
    return champion == null ? null : champion.measured();
  }

  /** The same without a champion. */
  Evidence withoutChampion() {
    return new Evidence(version, dataset, runId, fingerprint, examples, unfair, model, base, null);
  }

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
  public record Counted(int support, int predicted, int correct) {}

  /**
   * Another model on the same examples.
   *
   * @param measured how good it is
   * @param gain how much better the model is than this one, or null: not measured
   */
  public record Compared(Measured measured, @Nullable Gain gain) {
    /** Of the job that made it, or the name of a base model. */
    public String id() {
      return measured.id();
    }
  }

  /**
   * How much better the model is than another one.
   *
   * @param metrics those that were not measured are absent
   * @param answers examples that exactly one of the two answers with exactly the true categories
   * @param categories by category that is true anywhere: examples of it in which exactly one of the
   *     two gave it
   */
  public record Gain(
      Map<Metric, PairedGain> metrics, PairCounts answers, Map<String, PairCounts> categories) {
    public Gain {
      metrics = Map.copyOf(metrics);
      categories = Map.copyOf(categories);
    }
  }
}
