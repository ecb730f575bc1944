package dev.attune.launcher.promotion;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.promotion.gate.PairCounts;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.preference.JudgedEvidence;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures that the gate uses: how good models are on the same examples.
 *
 * @param version {@code schemaVersion} of the evaluation
 * @param dataset the name of the dataset whose validation examples were the questions
 * @param runId the run id of the dataset
 * @param fingerprint {@code sha256:} and 64 hex digits
 * @param examples the number of questions that were counted
 * @param unfair the number of examples that were left out because a compared model was tuned on
 *     them
 * @param model the model to promote
 * @param base its base model, or null if it was not compared
 * @param champion the champion, or null if it was not compared
 * @param judged what judges say of the model's answers, or null if answers were counted
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
    @Nullable Compared champion,
    @Nullable JudgedEvidence judged) {
  /** The first version of evaluation.json that counts the answers that differ. */
  private static final int WITH_PAIRS = 2;

  /** Returns whether the evaluation was made under older rules and lacks figures of the gate. */
  public boolean isOlder() {
    return version < WITH_PAIRS;
  }

  /** Returns the figures of the base model, or null if it was not compared. */
  public @Nullable Measured measuredBase() {
    return base == null ? null : base.measured();
  }

  /** Returns the figures of the champion, or null if it was not compared. */
  public @Nullable Measured measuredChampion() {
    return champion == null ? null : champion.measured();
  }

  /** Returns the figures without the champion. */
  Evidence withoutChampion() {
    return new Evidence(
        version,
        dataset,
        runId,
        fingerprint,
        examples,
        unfair,
        model,
        base,
        null,
        judged == null ? null : judged.withoutChampion());
  }

  /**
   * The figures of one model.
   *
   * @param id the id of its job, or the name of a base model
   * @param metrics from 0 to 1; without those that were not measured
   * @param invalidShare the share of invalid answers; NaN if it was not measured
   * @param categories the categories that occur in true or predicted answers, in the taxonomy's
   *     order
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

    /** Returns a metric, or NaN if it was not measured. */
    public double figure(Metric metric) {
      return metrics.getOrDefault(metric, Double.NaN);
    }

    /**
     * Returns whether every answer gave the same categories, whatever the prompt.
     *
     * @param examples the number of questions
     */
    boolean isConstant(int examples) {
      return categories.values().stream()
          .allMatch(counted -> counted.predicted() == 0 || counted.predicted() == examples);
    }
  }

  /**
   * The counts of a category.
   *
   * @param support the examples whose true answer has it
   * @param predicted the answers that give it
   * @param correct the answers that give it correctly
   */
  public record Counted(int support, int predicted, int correct) {}

  /**
   * Another model on the same examples.
   *
   * @param measured its figures
   * @param gain the gain of the model to promote over this one, or null if it was not measured
   */
  public record Compared(Measured measured, @Nullable Gain gain) {
    /** Returns the id of its job, or the name of a base model. */
    public String id() {
      return measured.id();
    }
  }

  /**
   * The gain of the model over another one.
   *
   * @param metrics the gains; without those that were not measured
   * @param answers the examples that exactly one of the two answers correctly
   * @param categories by category: the examples with it in which exactly one of the two gave it
   */
  public record Gain(
      Map<Metric, PairedGain> metrics, PairCounts answers, Map<String, PairCounts> categories) {
    public Gain {
      metrics = Map.copyOf(metrics);
      categories = Map.copyOf(categories);
    }
  }
}
