package dev.attune.launcher.loop;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.promotion.PromotionResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param inputFingerprint the fingerprint of its input
 * @param dataset the dataset that was prepared now or before
 * @param steps the steps in their order
 * @param promotion the decision of this run, or an earlier refusal that is still valid; or null
 * @param decided the decision of this run or an earlier one, a sentence without a full stop
 */
public record LoopResult(
    String inputFingerprint,
    DatasetDirectory dataset,
    List<Step> steps,
    @Nullable PromotionResult promotion,
    String decided) {
  public LoopResult {
    steps = List.copyOf(steps);
  }

  /** Returns whether all steps had been done before. */
  public boolean isNothingNew() {
    return promotion == null || steps.isEmpty();
  }

  /**
   * Returns the last line of a run that a signal ends.
   *
   * @param steps the steps that were done
   * @param tuned an earlier job that tuned on the dataset, or null
   */
  static String interrupted(List<Step> steps, @Nullable String tuned) {
    String goOn = " Run the same command again to continue.";
    if (steps.isEmpty()) {
      return "Interrupted: nothing new was published or submitted." + goOn;
    }
    List<String> names = steps.stream().map(Step::name).toList();
    String done = "Interrupted after " + String.join(", ", names) + ": ";
    if (names.contains("promote")) {
      return done + "the decision is kept." + goOn;
    }
    return names.contains("tune")
        ? done + "the dataset and the model exist, and nothing was promoted." + goOn
        : "%sthe dataset is published, and no new tuning job was submitted%s%s"
            .formatted(done, tuned == null ? "." : "; " + tuned + " tuned on it already.", goOn);
  }

  /**
   * One step.
   *
   * @param name prepare, check, estimate, tune, evaluate or promote
   * @param skipped whether the ledger shows the step as done for this input
   * @param outcome the result in a few words
   */
  public record Step(@JsonProperty("step") String name, boolean skipped, String outcome) {}
}
