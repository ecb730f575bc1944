package dev.attune.launcher.evaluation.cost;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation of a model that is not tuned yet will ask.
 *
 * @param validation validation examples of the dataset
 * @param fair how many of them may be asked: no compared model was tuned on these
 * @param cost of asking them
 * @param notes what else somebody should know, a sentence each
 * @param refusal why the evaluation will be refused, in a sentence, or null: it will not
 */
public record EvaluationForecast(
    long validation, int fair, EvaluationCost cost, List<String> notes, @Nullable String refusal) {
  public EvaluationForecast {
    notes = List.copyOf(notes);
  }

  /** The notes, and which prices are not known, a sentence each. */
  public List<String> warnings() {
    return Stream.concat(notes.stream(), cost.warning().stream()).toList();
  }

  /** An evaluation that will be refused. */
  static EvaluationForecast refused(long validation, List<String> notes, String refusal) {
    return new EvaluationForecast(validation, 0, EvaluationCost.NOTHING, notes, refusal);
  }
}
