package dev.attune.launcher.estimate;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.evaluation.cost.EvaluationForecast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@code attune estimate}.
 *
 * @param evaluation evaluation of the tuned model
 * @param cap cost cap in US dollars, or null
 * @param refusals sentences for which {@code attune tune} would refuse
 * @param warnings sentences for the user
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
