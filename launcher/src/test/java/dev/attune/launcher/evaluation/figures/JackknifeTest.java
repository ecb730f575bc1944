package dev.attune.launcher.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The fast jackknife agrees with figures that are computed anew, from the texts, every time. */
class JackknifeTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final double Z = 1.959963984540054;
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "rare", "never");

  private final SplittableRandom random = new SplittableRandom(20_261_128);

  @Test
  void agreesWithComputingEveryFigureAnew() {
    for (int round = 0; round < 200; round++) {
      int examples = 1 + random.nextInt(60);
      List<List<String>> truths = truths(examples);
      List<JudgedAnswer> model = answers(truths);
      List<JudgedAnswer> other = answers(truths);

      double[] macro = lighter(model, JackknifeTest::macroF1);
      double[] micro = lighter(model, JackknifeTest::microF1);
      List<IndexedAnswer> indexed = indexed(model);
      AnswerCounts counts = new AnswerCounts(IDS.size());
      indexed.forEach(counts::add);
      assertThat(counts.macroF1Lighter(indexed)).containsExactly(macro, EXACT);
      assertThat(counts.microF1Lighter(indexed)).containsExactly(micro, EXACT);

      Comparison gain = MeasuredAnswers.of(IDS, model).against(MeasuredAnswers.of(IDS, other));
      double value = macroF1(model, ones(examples)) - macroF1(other, ones(examples));
      double[] others = lighter(other, JackknifeTest::macroF1);
      assertGain(gain.macroF1(), value, difference(macro, others), gain.accuracy());
      value = microF1(model, ones(examples)) - microF1(other, ones(examples));
      others = lighter(other, JackknifeTest::microF1);
      assertGain(gain.microF1(), value, difference(micro, others), gain.accuracy());
    }
  }

  @Test
  void isTheStandardErrorOfAMean() {
    // Accuracy: 3 of 4. With a right answer at a weight of 0.4 it is 2.4 of 3.4.
    Jackknife mean = Jackknife.of(0.75, new double[] {2.4 / 3.4, 2.4 / 3.4, 2.4 / 3.4, 3 / 3.4});

    assertThat(mean.bias()).isEqualTo(0, EXACT);
    // sqrt(p (1 - p) n) / (n - 0.6), where the textbook has sqrt(p (1 - p) / (n - 1)) = 0.25.
    assertThat(mean.standardError()).isEqualTo(Math.sqrt(0.75) / 3.4, EXACT);
    assertThat(mean.standardError()).isEqualTo(0.25, within(0.005));
  }

  @Test
  void correctsF1ForItsBias() {
    // Two of three are right; the wrong answer is invalid.
    List<IndexedAnswer> indexed =
        indexed(
            List.of(
                new JudgedAnswer(List.of("a"), List.of("a")),
                new JudgedAnswer(List.of("a"), List.of("a")),
                new JudgedAnswer(List.of("a"), List.of())));
    AnswerCounts counts = new AnswerCounts(IDS.size());
    indexed.forEach(counts::add);

    // F1 = 2 * 2 / (3 + 2); a right answer counts in all three numbers, the wrong one in one.
    double[] lighter = counts.macroF1Lighter(indexed);
    assertThat(lighter).containsExactly(new double[] {2.8 / 3.8, 2.8 / 3.8, 4 / 4.4}, EXACT);
    Jackknife jackknife = Jackknife.of(0.8, lighter);
    assertThat(jackknife.bias()).isEqualTo((5.6 / 3.8 + 4 / 4.4 - 2.4) / 0.36, EXACT);
    assertThat(jackknife.corrected()).isGreaterThan(0.8);
  }

  private static void assertGain(
      Estimate gain, double value, double[] differences, Estimate ofAccuracy) {
    assertThat(gain.value()).isEqualTo(value, EXACT);
    double mean = Arrays.stream(differences).average().orElseThrow();
    double standardError =
        Math.sqrt(Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum()) / 0.6;
    double centre = value - Arrays.stream(differences).map(d -> d - value).sum() / 0.36;
    if (standardError < 1e-9) {
      assertThat(gain.low()).isLessThanOrEqualTo(ofAccuracy.low());
      assertThat(gain.high()).isGreaterThanOrEqualTo(ofAccuracy.high());
    } else {
      assertThat(gain.low()).isEqualTo(Math.max(-1, centre - Z * standardError), within(1e-10));
      assertThat(gain.high()).isEqualTo(Math.min(1, centre + Z * standardError), within(1e-10));
    }
  }

  private interface Figure {
    double of(List<JudgedAnswer> answers, double[] weights);
  }

  private static double[] lighter(List<JudgedAnswer> answers, Figure figure) {
    double[] figures = new double[answers.size()];
    for (int i = 0; i < figures.length; i++) {
      double[] weights = ones(answers.size());
      weights[i] = 0.4;
      figures[i] = figure.of(answers, weights);
    }
    return figures;
  }

  private static double macroF1(List<JudgedAnswer> answers, double[] weights) {
    double sum = 0;
    int categories = 0;
    for (String id : IDS) {
      double support = 0;
      double predicted = 0;
      double correct = 0;
      for (int i = 0; i < weights.length; i++) {
        boolean isTrue = answers.get(i).truth().contains(id);
        boolean isGiven = answers.get(i).predicted().contains(id);
        support += isTrue ? weights[i] : 0;
        predicted += isGiven ? weights[i] : 0;
        correct += isTrue && isGiven ? weights[i] : 0;
      }
      if (support > 0) {
        sum += 2 * correct / (support + predicted);
        categories++;
      }
    }
    return sum / categories;
  }

  private static double microF1(List<JudgedAnswer> answers, double[] weights) {
    double correct = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      JudgedAnswer answer = answers.get(i);
      all += weights[i] * (answer.truth().size() + answer.predicted().size());
      correct += weights[i] * answer.predicted().stream().filter(answer.truth()::contains).count();
    }
    return 2 * correct / all;
  }

  private static double[] ones(int many) {
    double[] ones = new double[many];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] difference(double[] some, double[] others) {
    return IntStream.range(0, some.length).mapToDouble(i -> some[i] - others[i]).toArray();
  }

  private static List<IndexedAnswer> indexed(List<JudgedAnswer> answers) {
    Map<String, Integer> places = new LinkedHashMap<>();
    IDS.forEach(id -> places.put(id, places.size()));
    return answers.stream().map(answer -> IndexedAnswer.of(answer, places)).toList();
  }

  private List<List<String>> truths(int many) {
    List<List<String>> truths = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      truths.add(i == 0 ? List.of("rare") : some(1 + random.nextInt(3)));
    }
    return truths;
  }

  /** Right, invalid, with one category more, or something else. */
  private List<JudgedAnswer> answers(List<List<String>> truths) {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (List<String> truth : truths) {
      TreeSet<String> given = new TreeSet<>(truth);
      switch (random.nextInt(6)) {
        case 0 -> given.clear();
        case 1 -> given.addAll(some(1));
        case 2 -> given = new TreeSet<>(some(2));
        default -> {}
      }
      answers.add(new JudgedAnswer(truth, List.copyOf(given)));
    }
    return answers;
  }

  private List<String> some(int most) {
    TreeSet<String> ids = new TreeSet<>();
    for (int i = 0; i < most; i++) {
      ids.add(IDS.get(random.nextInt(5)));
    }
    return List.copyOf(ids);
  }
}
