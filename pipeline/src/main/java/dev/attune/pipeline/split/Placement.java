package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.RejectionReason;
import org.jspecify.annotations.Nullable;

/**
 * A record and the unit that it, or the record that stands for it, is in.
 *
 * @param fingerprint of its line
 * @param record its key
 * @param order of the unit
 * @param cluster the smallest full id in the unit
 * @param drop why and for whom it gave way, or null
 */
record Placement(
    Fingerprint fingerprint, Key128 record, long order, String cluster, @Nullable Drop drop) {

  /** What becomes of the record by this plan. */
  Decision decide(SplitPlan plan) {
    Split split = plan.split(order);
    RejectionReason reason =
        split == null ? RejectionReason.OVER_CAPACITY : drop == null ? null : drop.reason();
    return new Decision(
        fingerprint,
        record,
        cluster,
        reason == null ? split : null,
        reason,
        drop == null ? null : drop.duplicateOf());
  }
}
