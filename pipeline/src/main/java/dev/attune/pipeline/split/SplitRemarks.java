package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What there is to say of a split.
 *
 * @param undivided why there can be no dataset: one unit leaves nothing to validate on
 * @param notes what a person should see at once
 * @param together what stays together, for the report
 */
record SplitRemarks(List<String> undivided, List<String> notes, List<String> together) {
  /**
   * Of all units and the plan for them.
   *
   * @param share that was to be held back
   * @param causes why the nodes of a root hang together
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
    boolean nothingHeld =
        share > 0 && units.carriedValidation() == 0 && plan.validation().isEmpty();
    boolean most = largest.isMostOf(examples);
    Set<Join.Cause> by = causes.apply(largest.root());
    // Enough stands beside the unit to hold back the share: then it is not what is in the way.
    boolean inTheWay = examples - largest.examples() < share * examples;
    if (most && nothingHeld && inTheWay) {
      remarks.undivided.add(largest.refusal(examples, by));
    } else if (nothingHeld) {
      remarks.notes.add(
          "No validation example is left: too few units may go there at split.validation "
              + share
              + ", since records with common prompts stay in training. Add records of other groups,"
              + " or raise split.validation.");
    } else if (most) {
      remarks.notes.add(largest.warning(examples, by));
    }
    if (largest.examples() > 1) {
      remarks.together.add(largest.sentence(examples, by));
    }
    return remarks;
  }
}
