package dev.attune.pipeline.example;

import dev.attune.pipeline.rejection.RejectionReason;

/**
 * A record gave way to another one.
 *
 * @param reason why
 * @param duplicateOf the full id of the record that stands for it
 * @param toCarried whether that one is carried over from the previous dataset: it stays where it is
 *     and never gives way itself
 */
public record Drop(RejectionReason reason, String duplicateOf, boolean toCarried) {
  /** To a record that is read. */
  public Drop(RejectionReason reason, String duplicateOf) {
    this(reason, duplicateOf, false);
  }
}
