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
 * @param content of it, or of the record that stands for it
 * @param id its full id
 * @param order of the unit
 * @param cluster the smallest full id in the unit
 * @param drop why and for whom it gave way, or null
 */
record Placement(
    Fingerprint fingerprint,
    Key128 record,
    Key128 content,
    String id,
    long order,
    String cluster,
    @Nullable Drop drop) {

  /** As an example of validation; only of a record that stays. */
  Held held() {
    return new Held(content, id, order);
  }

  /** What becomes of the record by this plan. */
  Decision decide(SplitPlan plan) {
    Split split = plan.split(order);
    String duplicateOf = drop == null ? null : drop.duplicateOf();
    RejectionReason reason = drop == null ? null : drop.reason();
    Held held = split == Split.TRAINING ? plan.nearHeld(content) : null;
    if (held != null) {
      reason = drop == null ? RejectionReason.NEAR_DUPLICATE : drop.reason();
      duplicateOf = held.id();
      split = plan.split(held.order());
    }
    if (split == null) {
      reason = RejectionReason.OVER_CAPACITY;
    }
    return new Decision(
        fingerprint, record, cluster, reason == null ? split : null, reason, duplicateOf);
  }
}
