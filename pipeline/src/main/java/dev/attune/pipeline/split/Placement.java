package dev.attune.pipeline.split;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import org.jspecify.annotations.Nullable;

/**
 * A record and its unit. A dropped record is in the unit of the record that was kept instead.
 *
 * @param fingerprint the fingerprint of its line
 * @param record its key
 * @param content the key of its content, or of the content of the record that was kept instead
 * @param id the full id
 * @param orderHash that of the unit
 * @param cluster the smallest full id in the unit, or in the part of it that is in one file of the
 *     previous dataset
 * @param drop why it was dropped and which record was kept instead, or null
 * @param carried the split that it is carried over in, or null
 * @param conflict whether it is a new record of a unit with examples in both splits of the previous
 *     dataset
 * @param common whether its prompt or dialogue is common
 */
public record Placement(
    Fingerprint fingerprint,
    Key128 record,
    Key128 content,
    String id,
    long orderHash,
    String cluster,
    @Nullable Drop drop,
    @Nullable Split carried,
    boolean conflict,
    Commonness common) {

  /** Returns whether the record is in validation by this plan. */
  public boolean isInValidation(SplitPlan plan) {
    if (carried != null || drop != null || conflict) {
      return carried == Split.VALIDATION;
    }
    return plan.split(orderHash) == Split.VALIDATION;
  }

  /** Returns the record as an example in validation. Call only for a record that is not dropped. */
  public ValidationExample validationExample() {
    return new ValidationExample(content, id, orderHash, carried != null);
  }

  /** Returns the decision about the record by a plan. */
  public Decision decide(SplitPlan plan) {
    if (carried != null) {
      return decision(carried, null, null);
    }
    String duplicateOf = drop == null ? null : drop.duplicateOf();
    RejectionReason reason = drop == null ? null : drop.reason();
    if (drop != null && drop.toCarried()) {
      return decision(null, reason, duplicateOf);
    }
    if (conflict) {
      return decision(null, RejectionReason.SPLIT_CONFLICT, duplicateOf);
    }
    Split split = plan.split(orderHash);
    ValidationExample near = split == Split.TRAINING ? plan.nearValidation().get(content) : null;
    String trained = split == Split.VALIDATION ? plan.nearTrained().get(content) : null;
    if (near != null || trained != null) {
      reason = drop == null ? RejectionReason.NEAR_DUPLICATE : drop.reason();
      duplicateOf = near == null ? trained : near.id();
    }
    if (near != null && !near.carried()) {
      split = plan.split(near.orderHash());
    }
    if (split == null) {
      reason = RejectionReason.OVER_CAPACITY;
    }
    return decision(split, reason, duplicateOf);
  }

  private Decision decision(
      @Nullable Split split, @Nullable RejectionReason reason, @Nullable String duplicateOf) {
    return new Decision(
        fingerprint, record, cluster, reason == null ? split : null, reason, duplicateOf, common);
  }
}
