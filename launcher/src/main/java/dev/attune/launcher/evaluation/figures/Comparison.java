package dev.attune.launcher.evaluation.figures;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much better a model is than another on the same examples: the model's figure less the
 * other's. Intervals are of a paired bootstrap: both are measured on the same drawn examples, so
 * that what is hard for both cancels out. An interval above 0 says that the model is better.
 *
 * @param accuracy from -1 to 1
 * @param macroF1 from -1 to 1
 * @param microF1 from -1 to 1
 * @param recall by category that is true somewhere, in the taxonomy's order: gain of recall
 */
public record Comparison(
    Estimate accuracy, Estimate macroF1, Estimate microF1, Map<String, Double> recall) {
  public Comparison {
    recall = Collections.unmodifiableMap(new LinkedHashMap<>(recall));
  }
}
