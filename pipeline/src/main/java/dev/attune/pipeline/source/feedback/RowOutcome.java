package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectedRecord;

/** What becomes of one row. */
sealed interface RowOutcome {
  /** The full id, by which the row is counted. */
  String fullId();

  /** An example as it stands. */
  record Kept(Example example) implements RowOutcome {
    @Override
    public String fullId() {
      return example.id();
    }
  }

  /** No example. */
  record Rejected(RejectedRecord rejected) implements RowOutcome {
    @Override
    public String fullId() {
      return rejected.id();
    }
  }

  /**
   * Rated low and commented on: an example if there is an improvement for it.
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
