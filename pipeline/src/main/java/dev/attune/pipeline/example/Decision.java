package dev.attune.pipeline.example;

import org.jspecify.annotations.Nullable;

/**
 * The decision about a valid record.
 *
 * @param record the key of the record, which finds its body
 * @param cluster the smallest full id of its unit
 * @param split the split that it is written to, or null if it is rejected
 * @param reason why it is rejected, or null
 * @param duplicateOf the full id of the record that was kept instead, or null
 * @param common whether its prompt or dialogue is common; with a common prompt it has left its
 *     group
 */
public record Decision(
    Fingerprint fingerprint,
    Key128 record,
    String cluster,
    @Nullable Split split,
    @Nullable RejectionReason reason,
    @Nullable String duplicateOf,
    Commonness common) {}
