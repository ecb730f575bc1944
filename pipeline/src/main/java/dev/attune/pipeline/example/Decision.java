package dev.attune.pipeline.example;

import org.jspecify.annotations.Nullable;

/**
 * The decision about a valid record.
 *
 * @param record which body in there
 * @param cluster the smallest full id of its unit
 * @param split where it is written, or null: it is rejected
 * @param reason why it is rejected, or null
 * @param duplicateOf the full id of the record that stands for it, or null
 * @param common whether what it asks is common: then it may have left its group
 */
public record Decision(
    Fingerprint fingerprint,
    Key128 record,
    String cluster,
    @Nullable Split split,
    @Nullable RejectionReason reason,
    @Nullable String duplicateOf,
    Commonness common) {}
