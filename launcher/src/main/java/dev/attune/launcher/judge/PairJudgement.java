package dev.attune.launcher.judge;

import dev.attune.launcher.judge.panel.PairVerdict;

/**
 * What a judge says of a pair of answers.
 *
 * @param shown its reply to the pair in its order
 * @param swapped its reply to the pair in the other order; its verdict names what was shown first
 */
public record PairJudgement(JudgeReply shown, JudgeReply swapped) {
  /** Returns the verdict on the first answer of the pair; a contradiction is a tie. */
  public PairVerdict verdict() {
    return shown.verdict().with(swapped.verdict());
  }

  /** Returns whether both orders have a verdict, and it is the same one. */
  public boolean isConsistent() {
    return shown.verdict().agreesWith(swapped.verdict());
  }

  /** Returns whether both orders have a verdict. */
  public boolean isComplete() {
    return shown.fault() == null && swapped.fault() == null;
  }
}
