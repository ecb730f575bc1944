package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.stage.UnimprovedRow;
import org.jspecify.annotations.Nullable;

/** A row or an improvement in the join. */
public sealed interface JoinSide
    permits JoinSide.Row, Improvement, JoinSide.LowRated, JoinSide.LeftOut {
  /** Returns the full id of the row. */
  String fullId();

  /**
   * A row that was read.
   *
   * @param basis see {@link FeedbackRow#basis}
   * @param waiting the row's part that waits for an improvement; null if it needs none
   */
  record Row(String fullId, String basis, RowOutcome.@Nullable Waiting waiting)
      implements JoinSide {}

  /** A low-rated row with a comment, with the texts from which a better answer is written. */
  record LowRated(String fullId, UnimprovedRow row) implements JoinSide {}

  /** A version of a row that is left out, because no acceptable answer was written for it. */
  record LeftOut(String fullId, String basis) implements JoinSide {}
}
