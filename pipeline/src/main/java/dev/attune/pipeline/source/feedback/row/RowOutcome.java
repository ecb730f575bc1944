package dev.attune.pipeline.source.feedback.row;

import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.file.ReadSink;

/** The outcome of one row. */
public sealed interface RowOutcome {
  /** Returns the full id, by which the row is counted. */
  String fullId();

  /**
   * Passes the outcome to a sink. A row that waits for an improvement is rejected as without one.
   */
  void routeTo(ReadSink sink);

  /** The row is an example. */
  record Kept(Example example) implements RowOutcome {
    @Override
    public String fullId() {
      return example.id();
    }

    @Override
    public void routeTo(ReadSink sink) {
      sink.example(example);
    }
  }

  /** The row is rejected. */
  record Rejected(RejectedRecord rejected) implements RowOutcome {
    @Override
    public String fullId() {
      return rejected.id();
    }

    @Override
    public void routeTo(ReadSink sink) {
      sink.rejected(rejected);
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

    @Override
    public void routeTo(ReadSink sink) {
      sink.rejected(FeedbackRecords.notImproved(this, 0));
    }
  }
}
