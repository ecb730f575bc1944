package dev.attune.launcher.promotion.gate;

/**
 * The examples on which two models differ: exactly one of them is right.
 *
 * @param better the model is right and the other one wrong, 0 or more
 * @param worse the model is wrong and the other one right, 0 or more
 */
public record PairCounts(int better, int worse) {
  public PairCounts {
    if (better < 0 || worse < 0) {
      throw new IllegalArgumentException("counts below 0: " + better + " and " + worse);
    }
  }

  /** Returns the number of examples on which the models differ. */
  int differing() {
    return better + worse;
  }

  /** Returns the difference divided by its standard error; 0 if no answer differs. */
  public double standardErrors() {
    return SignTest.standardErrors(better, worse);
  }

  /** Returns the probability of at least so many worse answers if both models are equally good. */
  public double chance() {
    return SignTest.chance(better, worse);
  }

  PairCounts plus(PairCounts other) {
    return new PairCounts(better + other.better, worse + other.worse);
  }
}
