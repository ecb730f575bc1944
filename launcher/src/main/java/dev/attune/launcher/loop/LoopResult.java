package dev.attune.launcher.loop;

import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.promotion.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a loop.
 *
 * @param inputFingerprint of what it was given
 * @param dataset that was prepared, or stood there
 * @param steps in their order
 * @param promotion what was decided now, or before where that was a refusal that still stands; null
 *     where nothing was decided now
 * @param decided what was decided now or before, in a sentence without a full stop
 */
public record LoopResult(
    String inputFingerprint,
    DatasetDirectory dataset,
    List<Step> steps,
    @Nullable Outcome promotion,
    String decided) {
  public LoopResult {
    steps = List.copyOf(steps);
  }

  /** Whether all of it had been done before. */
  public boolean isNothingNew() {
    return promotion == null || steps.isEmpty();
  }

  /**
   * The last line of a loop that a signal ends.
   *
   * @param steps that it had done
   * @param tuned the job that tuned the dataset before, or null
   */
  static String interrupted(List<Step> steps, @Nullable String tuned) {
    String goOn = " Run the same command again; it goes on from there.";
    if (steps.isEmpty()) {
      return "Interrupted: nothing new was published or submitted." + goOn;
    }
    List<String> names = steps.stream().map(Step::name).toList();
    String done = "Interrupted after " + String.join(", ", names) + ": ";
    if (names.contains("promote")) {
      return done + "the decision is kept." + goOn;
    }
    return names.contains("tune")
        ? done + "the dataset and the model are there, and nothing was promoted." + goOn
        : done
            + "the dataset is published, and no new tuning job was submitted"
            + (tuned == null ? "." : "; " + tuned + " tuned on it already.")
            + goOn;
  }

  /**
   * One step.
   *
   * @param name prepare, check, estimate, tune, evaluate or promote
   * @param skipped whether the ledger showed that it was done for this input
   * @param outcome what came of it, in a few words
   */
  public record Step(String name, boolean skipped, String outcome) {}
}
