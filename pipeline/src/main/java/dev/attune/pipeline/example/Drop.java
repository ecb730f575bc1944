package dev.attune.pipeline.example;

/**
 * Why a record is dropped in favour of another one.
 *
 * @param duplicateOf the full id of the record that was kept instead
 * @param toCarried whether the kept record is carried over from the previous dataset, so that it is
 *     never dropped and keeps its split
 */
public record Drop(RejectionReason reason, String duplicateOf, boolean toCarried) {}
