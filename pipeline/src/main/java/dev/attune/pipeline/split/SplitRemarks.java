package dev.attune.pipeline.split;

import dev.attune.message.Messages;
import dev.attune.pipeline.example.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The messages about a split.
 *
 * @param undivided why no dataset can be made: one unit leaves no validation example
 * @param notes sentences that the command prints
 * @param together sentences for the report about the largest unit
 */
record SplitRemarks(List<String> undivided, List<String> notes, List<String> together) {
  /**
   * Returns the messages about the units and their plan. All lists are empty if there are no units.
   *
   * @param share the configured share of validation
   * @param causes returns why the nodes with a root are joined
   */
  static SplitRemarks of(
      UnitSummary units, SplitPlan plan, double share, LongFunction<Set<Join.Cause>> causes) {
    SplitRemarks remarks =
        new SplitRemarks(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    LargestUnit largest = units.largest();
    long examples = units.examples();
    if (largest == null) {
      return remarks;
    }
    boolean noValidation =
        share > 0 && units.carriedValidation() == 0 && plan.validation().isEmpty();
    boolean most = largest.isMostOf(examples);
    Set<Join.Cause> by = causes.apply(largest.root());
    // The unit is the cause only if the other units have too few examples for the share.
    boolean inTheWay = examples - largest.examples() < share * examples;
    if (most && noValidation && inTheWay) {
      remarks.undivided.add(largest.refusal(examples, by));
    } else if (noValidation) {
      remarks.notes.add(Messages.of("pipeline.split.no-validation", share));
    } else if (most) {
      remarks.notes.add(largest.warning(examples, by));
    }
    if (largest.examples() > 1) {
      remarks.together.add(largest.sentence(examples, by));
    }
    return remarks;
  }
}
