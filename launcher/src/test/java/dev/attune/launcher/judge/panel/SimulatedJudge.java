package dev.attune.launcher.judge.panel;

import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * A judge of known bias. Without bias it says what all judges see in the pair, or, where it is its
 * own master, what it draws at the same rates.
 *
 * @param family of the judge
 * @param shared share of the pairs in which it sees what all see; the rest it draws itself
 * @param first share of its answers that go to the answer shown first
 * @param own share of the pairs in which it prefers the model of its own family, whatever was
 *     answered: above 0 the evaluated model, below 0 the other one
 * @param longer share of the pairs in which it prefers the longer answer
 * @param wrong share of the pairs in which it sees the opposite of what people see
 */
record SimulatedJudge(
    String family, double shared, double first, double own, double longer, double wrong) {
  /** A judge whose only bias is for what is shown first. */
  static SimulatedJudge fair(int number, double shared, double first) {
    return new SimulatedJudge("family" + number, shared, first, 0, 0, 0);
  }

  SimulatedJudge preferringItsOwn(double share) {
    return new SimulatedJudge(family, shared, first, share, longer, wrong);
  }

  SimulatedJudge preferringLonger(double share) {
    return new SimulatedJudge(family, shared, first, own, share, wrong);
  }

  SimulatedJudge erring(double share) {
    return new SimulatedJudge(family, shared, first, own, longer, share);
  }

  /**
   * Judges a pair in both orders.
   *
   * @param seen what all judges see in the pair
   * @param drawn draws what this judge sees alone
   * @param isLonger whether the model's answer is the longer one
   */
  PairVerdict judge(
      int seen, ToIntFunction<SplittableRandom> drawn, boolean isLonger, SplittableRandom random) {
    if (isDrawn(first, random)) {
      return OrderVerdict.FIRST.with(OrderVerdict.FIRST);
    }
    int opinion;
    if (isDrawn(Math.abs(own), random)) {
      opinion = own > 0 ? 1 : -1;
    } else if (isDrawn(longer, random)) {
      opinion = isLonger ? 1 : -1;
    } else {
      opinion = isDrawn(shared, random) ? seen : drawn.applyAsInt(random);
      opinion = isDrawn(wrong, random) ? -opinion : opinion;
    }
    return shown(opinion).with(shown(-opinion));
  }

  private static boolean isDrawn(double share, SplittableRandom random) {
    return share > 0 && random.nextDouble() < share;
  }

  private static OrderVerdict shown(int opinion) {
    return opinion == 0
        ? OrderVerdict.EQUAL
        : opinion > 0 ? OrderVerdict.FIRST : OrderVerdict.SECOND;
  }
}
