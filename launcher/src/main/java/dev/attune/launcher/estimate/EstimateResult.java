package dev.attune.launcher.estimate;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one estimate.
 *
 * @param evaluation of the tuned model
 * @param cap of the configuration in US dollars, or null: none
 * @param refusals why tune would refuse
 * @param warnings what somebody should know first
 */
public record EstimateResult(
    DatasetDirectory dataset,
    CostEstimate estimate,
    EvaluationForecast evaluation,
    @Nullable Double cap,
    List<String> refusals,
    List<String> warnings) {
  public EstimateResult {
    refusals = List.copyOf(refusals);
    warnings = List.copyOf(warnings);
  }
}
