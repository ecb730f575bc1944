package dev.attune.launcher.improve;

import dev.attune.pipeline.stage.UnimprovedRow;
import org.jspecify.annotations.Nullable;

/** What came of one row. */
sealed interface RowResult {
  UnimprovedRow row();

  /** Returns the model that was asked, in the version that answered. */
  String model();

  /**
   * The answer is an improvement.
   *
   * @param verdict of the judge, or null without one
   */
  record Improved(UnimprovedRow row, String response, String model, @Nullable Verdict verdict)
      implements RowResult {}

  /** The answer is none. */
  record Unacceptable(UnimprovedRow row, AnswerFault fault, String model) implements RowResult {}

  /**
   * What a judge found in both orders of the answers.
   *
   * @param model in the version that answered
   * @param better whether the new answer is better in both orders
   * @param commentHeeded whether it heeds the comment in both orders
   * @param sameFamily whether writer and judge are models of one family, which may prefer each
   *     other's answers
   */
  record Verdict(String model, boolean better, boolean commentHeeded, boolean sameFamily) {}
}
