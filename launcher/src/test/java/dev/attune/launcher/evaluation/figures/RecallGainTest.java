package dev.attune.launcher.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.promotion.gate.PairCounts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How often the interval of a category's gain of recall holds the truth, by exact probabilities.
 */
class RecallGainTest {
  private static final List<Integer> SUPPORTS = List.of(Comparison.LEAST_EXAMPLES, 17, 30, 50);
  private static final List<Double> CHANCES = List.of(0.02, 0.05, 0.1, 0.2, 0.3);

  @Test
  void holdsTheTruthInNinetyThreePercentOnAverageAndNeverInLessThanEightyNine() {
    double sum = 0;
    int cases = 0;
    for (int support : SUPPORTS) {
      for (double better : CHANCES) {
        for (double worse : CHANCES) {
          double held = held(support, better, worse);
          assertThat(held).as("%s of %s, %s", support, better, worse).isGreaterThan(0.89);
          sum += held;
          cases++;
        }
      }
    }
    assertThat(sum / cases).isGreaterThan(0.93);
  }

  @Test
  void hasNoneOfACategoryWithFewExamples() {
    Estimate none = new Estimate(0, 0, 0);
    PairCounts pairs = new PairCounts(0, 0);
    Comparison gain = new Comparison(none, none, none, pairs, Map.of(), Map.of("a", pairs));
    assertThat(gain.recallGain(category(9))).isNull();
    assertThat(gain.recallGain(category(10))).isNotNull();
  }

  private static CategoryFigures category(int support) {
    return new CategoryFigures("a", support, 1, 0, null, null, null);
  }

  private static double held(int support, double better, double worse) {
    double held = 0;
    for (int b = 0; b <= support; b++) {
      for (int w = 0; b + w <= support; w++) {
        Estimate gain = Estimate.gain(new PairCounts(b, w), support);
        if (gain.low() <= better - worse && better - worse <= gain.high()) {
          held += probability(support, b, w, better, worse);
        }
      }
    }
    return held;
  }

  private static double probability(int n, int b, int w, double better, double worse) {
    double logarithm = Math.log(1 - better - worse) * (n - b - w);
    logarithm += b * Math.log(better) + w * Math.log(worse);
    return Math.exp(logarithm + factorial(n) - factorial(b) - factorial(w) - factorial(n - b - w));
  }

  private static double factorial(int n) {
    double logarithm = 0;
    for (int i = 2; i <= n; i++) {
      logarithm += Math.log(i);
    }
    return logarithm;
  }
}
