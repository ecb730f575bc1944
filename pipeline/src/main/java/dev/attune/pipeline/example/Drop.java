package dev.attune.pipeline.example;

/**
 * Why a record is dropped in favour of another one.
 *
 * @param duplicateOf the full id of the record that stands for it
 * @param toCarried whether that one is carried over from the previous dataset: it stays where it is
 *     and never gives way itself
 */
public record Drop(RejectionReason reason, String duplicateOf, boolean toCarried) {
  /** Creates a drop in favour of a record that is not carried over. */
  public Drop(RejectionReason reason, String duplicateOf) {
    this(reason, duplicateOf, false);
  }
}
