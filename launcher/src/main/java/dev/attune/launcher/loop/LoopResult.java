package dev.attune.launcher.loop;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.promotion.PromotionResult;
import dev.attune.message.Messages;
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
    String decided)
    implements LoopOutcome {
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
    List<String> names = steps.stream().map(Step::name).toList();
    String done = String.join(", ", names);
    if (names.isEmpty()) {
      return Messages.of("launcher.interrupted.run-begun");
    }
    if (names.contains("promote") || names.contains("tune")) {
      return Messages.of(
          names.contains("promote")
              ? "launcher.interrupted.run-promoted"
              : "launcher.interrupted.run-tuned",
          done);
    }
    return tuned == null
        ? Messages.of("launcher.interrupted.run-prepared", done)
        : Messages.of("launcher.interrupted.run-prepared-tuned", done, tuned);
  }

  /**
   * One step.
   *
   * @param name improve, prepare, check, estimate, tune, evaluate or promote
   * @param skipped whether the ledger shows the step as done for this input
   * @param outcome the result in a few words
   */
  public record Step(@JsonProperty("step") String name, boolean skipped, String outcome) {}
}
