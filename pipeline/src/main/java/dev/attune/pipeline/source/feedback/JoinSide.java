package dev.attune.pipeline.source.feedback;

import org.jspecify.annotations.Nullable;

/** What meets in a bucket: all rows, and improvements. */
sealed interface JoinSide permits JoinSide.Row, Improvement {
  /** The full id of the row. */
  String fullId();

  /**
   * A row that was read.
   *
   * @param basis see {@link FeedbackRow#basis}
   * @param waiting what waits for an improvement; null where the row needs none
   */
  record Row(String fullId, String basis, RowOutcome.@Nullable Waiting waiting)
      implements JoinSide {}
}
