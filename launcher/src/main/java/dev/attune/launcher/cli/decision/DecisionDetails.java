package dev.attune.launcher.cli.decision;

import dev.attune.launcher.ledger.Promotions;
import dev.attune.launcher.ledger.Promotions.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a decision that promotion.schema.json and models.schema.json share.
 *
 * @param sentence the decision and the figures behind it, or null
 * @param gate version of the gate's rules, or null if the gate was not applied
 * @param reasons one sentence for each test of the gate that failed
 * @param forcedBecause the reason of a forced promotion, or null
 * @param declinedBecause the reason of a declined model, or null
 */
record DecisionDetails(
    @Nullable String sentence,
    @Nullable Integer gate,
    List<String> reasons,
    @Nullable String forcedBecause,
    @Nullable String declinedBecause) {

  /** Returns the details of a decision, or empty ones where nothing was decided. */
  static DecisionDetails of(Promotions.@Nullable Entry entry) {
    return entry == null
        ? new DecisionDetails(null, null, List.of(), null, null)
        : new DecisionDetails(
            entry.verdict().sentence(),
            PromotionOutput.isByOlderGate(entry) ? Integer.valueOf(1) : entry.verdict().gate(),
            entry.reasons(),
            entry.kind() == Kind.FORCED ? entry.reason() : null,
            entry.kind() == Kind.DECLINED ? entry.reason() : null);
  }

  /** Returns a figure as JSON has it: null if it was not measured. */
  static @Nullable Double figure(double figure) {
    return Double.isNaN(figure) ? null : figure;
  }
}
