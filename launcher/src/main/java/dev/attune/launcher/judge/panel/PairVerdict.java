package dev.attune.launcher.judge.panel;

/** What a judge says of two answers, asked in both orders. */
public enum PairVerdict {
  /** The first answer is better in both orders. */
  WIN(1),
  /** Equally good, or the judge contradicts itself when the order changes. */
  TIE(0),
  /** The second answer is better in both orders. */
  LOSS(-1);

  private final int score;

  PairVerdict(int score) {
    this.score = score;
  }

  /** Returns 1, 0 or -1. */
  public int score() {
    return score;
  }

  /** Returns the verdict with the answers in the other order. */
  public PairVerdict reversed() {
    return switch (this) {
      case WIN -> LOSS;
      case TIE -> TIE;
      case LOSS -> WIN;
    };
  }
}
