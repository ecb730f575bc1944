package dev.attune.pipeline.read.feedback;

/** What meets in a bucket: rows that wait for an improvement, and improvements. */
sealed interface JoinSide permits RowOutcome.Waiting, Improvement {
  /** The full id of the row. */
  String fullId();
}
