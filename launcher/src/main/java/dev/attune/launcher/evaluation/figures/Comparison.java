package dev.attune.launcher.evaluation.figures;

import dev.attune.launcher.promotion.gate.PairCounts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much better a model is than another on the same examples: the model's figure less the
 * other's, with a 95% interval of the paired difference. What is hard for both models cancels out.
 * An interval above 0 says that the model is better.
 *
 * @param accuracy from -1 to 1
 * @param macroF1 from -1 to 1
 * @param microF1 from -1 to 1
 * @param answers examples that exactly one of the two models answered with exactly the true
 *     categories
 * @param recall by category that is true somewhere, in the taxonomy's order: gain of recall
 * @param categories by the same categories: examples of the category in which exactly one of the
 *     two models gave it
 */
public record Comparison(
    Estimate accuracy,
    Estimate macroF1,
    Estimate microF1,
    PairCounts answers,
    Map<String, Double> recall,
    Map<String, PairCounts> categories) {
  /** With fewer, the interval of a gain of recall holds the truth in 83% of some cases. */
  static final int LEAST_EXAMPLES = 10;

  public Comparison {
    recall = Collections.unmodifiableMap(new LinkedHashMap<>(recall));
    categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
  }

  /**
   * Returns the gain of recall of a category with its 95% interval, or null if fewer than 10
   * examples have the category: the interval would contain the true gain too rarely.
   *
   * @param category its figures in the evaluation of either model; both have the same support
   */
  public @Nullable Estimate recallGain(CategoryFigures category) {
    PairCounts pairs = categories.get(category.id());
    return pairs == null || category.support() < LEAST_EXAMPLES
        ? null
        : Estimate.gain(pairs, category.support());
  }
}
