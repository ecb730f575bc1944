package dev.attune.pipeline.source.feedback.row;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectedRecord;

/** The outcome of one row. */
public sealed interface RowOutcome {
  /** Returns the full id, by which the row is counted. */
  String fullId();

  /** The row is an example. */
  record Kept(Example example) implements RowOutcome {
    @Override
    public String fullId() {
      return example.id();
    }
  }

  /** The row is rejected. */
  record Rejected(RejectedRecord rejected) implements RowOutcome {
    @Override
    public String fullId() {
      return rejected.id();
    }
  }

  /**
   * The row is rated low with a comment: it becomes an example if there is an improvement for it.
   *
   * @param example with an empty answer
   * @param contentHash of the row, for its rejection
   */
  record Waiting(Example example, String contentHash) implements RowOutcome {
    @Override
    public String fullId() {
      return example.id();
    }
  }
}
