package dev.attune.launcher.judge.panel;

/** What a judge says of two answers in one order. */
public enum OrderVerdict {
  /** The answer that was shown first is better. */
  FIRST,
  /** The answer that was shown second is better. */
  SECOND,
  /** Both are equally good. */
  EQUAL,
  /** No verdict: blocked, cut off, or not in the required form. */
  NONE;

  /**
   * Returns the verdict on an answer and another one.
   *
   * @param swapped the verdict with the other one shown first
   */
  public PairVerdict with(OrderVerdict swapped) {
    if (this == FIRST && swapped == SECOND) {
      return PairVerdict.WIN;
    }
    return this == SECOND && swapped == FIRST ? PairVerdict.LOSS : PairVerdict.TIE;
  }

  /** Returns whether both orders have a verdict, and it is the same one. */
  public boolean agreesWith(OrderVerdict swapped) {
    return with(swapped) != PairVerdict.TIE || (this == EQUAL && swapped == EQUAL);
  }
}
