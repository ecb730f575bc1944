package dev.attune.pipeline.example;

import dev.attune.pipeline.rejection.RejectionReason;

/**
 * A record gave way to another one.
 *
 * @param reason why
 * @param duplicateOf the full id of the record that stands for it
 */
public record Drop(RejectionReason reason, String duplicateOf) {}
