package dev.attune.launcher.evaluation.cost;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The expected evaluation of a model that is not tuned yet.
 *
 * @param validation validation examples of the dataset
 * @param fair examples to ask: those that no compared model was tuned on
 * @param notes sentences for the user
 * @param refusal sentence with which the evaluation will be refused, or null
 */
public record EvaluationForecast(
    long validation, int fair, EvaluationCost cost, List<String> notes, @Nullable String refusal) {
  public EvaluationForecast {
    notes = List.copyOf(notes);
  }

  /** Returns the notes and a sentence about unknown prices. */
  public List<String> warnings() {
    return Stream.concat(notes.stream(), cost.warning().stream()).toList();
  }

  /** Returns the forecast of an evaluation that will be refused. */
  static EvaluationForecast refused(long validation, List<String> notes, String refusal) {
    return new EvaluationForecast(validation, 0, EvaluationCost.NOTHING, notes, refusal);
  }
}
