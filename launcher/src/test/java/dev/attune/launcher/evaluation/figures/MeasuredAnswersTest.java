package dev.attune.launcher.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import dev.attune.launcher.promotion.gate.PairCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MeasuredAnswersTest {
  private static final Offset<Double> EXACT = within(1e-12);
  private static final List<String> ABC = List.of("a", "b", "c", "unused");

  @Test
  void countsAnswersWithOneCategory() {
    ModelFigures figures =
        figures(
            judged("a", "a"),
            judged("a", "a"),
            judged("a", "b"),
            judged("b", "b"),
            judged("b", ""),
            judged("c", "a"));

    assertThat(figures.examples()).isEqualTo(6);
    assertThat(figures.accuracy().value()).isEqualTo(3.0 / 6, EXACT);
    assertThat(figures.invalidShare().value()).isEqualTo(1.0 / 6, EXACT);
    CategoryFigures a = figures.category("a").orElseThrow();
    assertThat(List.of(a.support(), a.predicted(), a.correct())).containsExactly(3, 3, 2);
    assertThat(value(a.precision())).isEqualTo(2.0 / 3, EXACT);
    assertThat(value(a.recall())).isEqualTo(2.0 / 3, EXACT);
    assertThat(value(a.f1())).isEqualTo(2.0 / 3, EXACT);
    CategoryFigures b = figures.category("b").orElseThrow();
    assertThat(value(b.f1())).isEqualTo(0.5, EXACT);
    // c is true and never predicted: it has no precision, and its F1 of 0 counts in the mean.
    CategoryFigures c = figures.category("c").orElseThrow();
    assertThat(c.precision()).isNull();
    assertThat(value(c.f1())).isZero();
    assertThat(figures.macroF1().value()).isEqualTo((2.0 / 3 + 0.5 + 0) / 3, EXACT);
    // 3 right of 6 true and 5 given.
    assertThat(figures.microF1().value()).isEqualTo(2.0 * 3 / (6 + 5), EXACT);
    assertThat(figures.category("unused").orElseThrow().isSeen()).isFalse();
  }

  @Test
  void countsAnswersWithSeveralCategories() {
    ModelFigures figures =
        figures(
            judged("a b", "a b"), // exact
            judged("a b", "a"), // b left out
            judged("a", "a c"), // c one too many
            judged("a b", "a c"), // c for b
            judged("a b", "c"), // c for a and for b
            judged("a b", "")); // invalid

    assertThat(figures.accuracy().value()).isEqualTo(1.0 / 6, EXACT);
    CategoryFigures a = figures.category("a").orElseThrow();
    assertThat(List.of(a.support(), a.predicted(), a.correct())).containsExactly(6, 4, 4);
    CategoryFigures c = figures.category("c").orElseThrow();
    assertThat(List.of(c.support(), c.predicted(), c.correct())).containsExactly(0, 3, 0);
    assertThat(c.recall()).isNull();
    // The mean is over a and b: c is true nowhere.
    assertThat(figures.macroF1().value()).isEqualTo((2.0 * 4 / 10 + 2.0 * 1 / 6) / 2, EXACT);
    Confusion confusion = figures.confusion();
    assertThat(confusion.cells())
        .containsExactly(
            new Cell("a", "a", 4),
            new Cell("a", "c", 1),
            new Cell("b", "b", 1),
            new Cell("b", "c", 2));
    assertThat(confusion.missing()).isEqualTo(Map.of("b", 1));
    assertThat(confusion.extra()).isEqualTo(Map.of("c", 1));
    assertThat(confusion.invalid()).isEqualTo(Map.of("a", 1, "b", 1));
    assertThat(confusion.mostFrequentMistakes(1)).containsExactly(new Cell("b", "c", 2));
  }

  @Test
  void givesWilsonsIntervalAroundAShare() {
    // Published values: Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    assertInterval(Estimate.share(81, 263), 0.2553, 0.3662);
    assertInterval(Estimate.share(15, 148), 0.0624, 0.1605);
    assertInterval(Estimate.share(0, 20), 0.0, 0.1611);
    assertInterval(Estimate.share(1, 29), 0.0061, 0.1718);
    assertInterval(Estimate.share(20, 20), 1 - 0.1611, 1.0);
  }

  @Test
  void mapsWilsonsIntervalOfJaccardsShareToF1() {
    // 8 of the 11 examples where it is true or predicted: Wilson 0.43434 to 0.90253.
    Estimate f1 = Estimate.f1(10, 9, 8);

    assertThat(f1.value()).isEqualTo(16.0 / 19, EXACT);
    assertInterval(f1, 2 * 0.43434 / 1.43434, 2 * 0.90253 / 1.90253);
    assertThat(Estimate.f1(4, 4, 4).high()).isEqualTo(1);
    assertThat(Estimate.f1(4, 4, 4).low()).isLessThan(0.7);
    assertThat(Estimate.f1(0, 3, 0).low()).isZero();
  }

  @Test
  void givesTheAdjustedWaldIntervalAroundAGainOfAccuracy() {
    // Agresti and Min (2005): 10.5 and 4.5 of 52, (6 - 1.96 sqrt(15 - 36 / 52)) / 52.
    assertInterval(Estimate.gain(new PairCounts(10, 4), 50), -0.02719, 0.25796);
    // No answer differs: half an example each way still may.
    assertInterval(Estimate.gain(new PairCounts(0, 0), 10), -0.16333, 0.16333);
  }

  @Test
  void givesTheIntervalOfAShareAroundMicroF1WhereItIsTheAccuracy() {
    List<JudgedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      answers.add(judged(i % 2 == 0 ? "a" : "b", i % 5 == 0 ? "c" : i % 2 == 0 ? "a" : "b"));
    }
    ModelFigures figures = MeasuredAnswers.of(ABC, answers).figures();

    // With one category an example and one an answer, micro F1 is the accuracy.
    assertThat(figures.microF1().value()).isEqualTo(figures.accuracy().value(), EXACT);
    assertThat(figures.microF1().low()).isEqualTo(figures.accuracy().low(), within(1e-4));
    assertThat(figures.microF1().high()).isEqualTo(figures.accuracy().high(), within(1e-4));
    assertThat(figures.macroF1().low()).isLessThan(figures.macroF1().value());
    assertThat(figures.macroF1().high()).isGreaterThan(figures.macroF1().value());
  }

  @Test
  void keepsAWidthWithoutAnyMistakeAndWithoutAnyRightAnswer() {
    ModelFigures right = figures(judged("a", "a"), judged("b", "b"), judged("a b", "a b"));
    assertThat(right.macroF1()).isEqualTo(right.accuracy()).isEqualTo(right.microF1());
    assertInterval(right.macroF1(), 3 / (3 + 3.8415), 1);

    ModelFigures wrong = figures(judged("a", "b"), judged("b", ""), judged("a b", "c"));
    assertThat(wrong.macroF1()).isEqualTo(wrong.accuracy());
    assertInterval(wrong.macroF1(), 0, 3.8415 / (3 + 3.8415));

    ModelFigures single = figures(judged("a", "a"));
    assertInterval(single.macroF1(), 1 / (1 + 3.8415), 1);
  }

  @Test
  void keepsAWidthWhereNoAnswerDiffers() {
    MeasuredAnswers model =
        MeasuredAnswers.of(ABC, List.of(judged("a", "a"), judged("b", "c"), judged("c", "c")));

    Comparison gain = model.against(model);

    assertInterval(gain.accuracy(), -1.96 / 5, 1.96 / 5);
    assertThat(gain.macroF1()).isEqualTo(gain.accuracy());
    assertThat(gain.microF1()).isEqualTo(gain.accuracy());
  }

  @Test
  void saysTheSameForTheSameAnswers() {
    List<JudgedAnswer> answers =
        List.of(judged("a", "a"), judged("b", "c"), judged("c", "c"), judged("b", "b"));

    assertThat(MeasuredAnswers.of(ABC, answers).figures())
        .isEqualTo(MeasuredAnswers.of(ABC, answers).figures());
  }

  @Test
  void comparesModelsOnTheSameExamples() {
    List<JudgedAnswer> model = new ArrayList<>();
    List<JudgedAnswer> other = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String truth = i % 3 == 0 ? "a" : "b";
      model.add(judged(truth, i % 4 == 0 ? "c" : truth)); // wrong in a quarter
      other.add(judged(truth, i % 4 == 0 || i % 20 == 1 ? "c" : truth)); // and in a few more
    }
    MeasuredAnswers better = MeasuredAnswers.of(ABC, model);
    MeasuredAnswers worse = MeasuredAnswers.of(ABC, other);

    Comparison gain = better.against(worse);

    assertThat(gain.accuracy().value()).isEqualTo(10.0 / 200, EXACT);
    assertThat(gain.accuracy().low()).isPositive();
    // What is hard for both cancels out: each interval alone is wider than that of the gain.
    assertThat(gain.accuracy().high() - gain.accuracy().low())
        .isLessThan(better.figures().accuracy().high() - better.figures().accuracy().low());
    assertThat(gain.recall()).containsOnlyKeys("a", "b");
    assertThat(worse.against(better).accuracy().value()).isEqualTo(-0.05, EXACT);
  }

  @Test
  void countsTheExamplesOnWhichOneOfTwoModelsIsRight() {
    MeasuredAnswers model =
        MeasuredAnswers.of(
            ABC,
            List.of(judged("a", "a"), judged("a b", "a b"), judged("a b", "b"), judged("b", "")));
    MeasuredAnswers other =
        MeasuredAnswers.of(
            ABC,
            List.of(judged("a", "b"), judged("a b", "a"), judged("a b", "a"), judged("b", "b c")));

    Comparison gain = model.against(other);

    // The first two were answered exactly by the model alone, the others by neither.
    assertThat(gain.answers()).isEqualTo(new PairCounts(2, 0));
    assertThat(gain.categories())
        .containsExactly(
            Map.entry("a", new PairCounts(1, 1)), Map.entry("b", new PairCounts(2, 1)));
    assertThat(other.against(model).answers()).isEqualTo(new PairCounts(0, 2));
  }

  @Test
  void comparesNothingElse() {
    MeasuredAnswers one = MeasuredAnswers.of(ABC, List.of(judged("a", "a")));
    MeasuredAnswers two = MeasuredAnswers.of(ABC, List.of(judged("b", "b")));

    assertThatThrownBy(() -> one.against(two)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MeasuredAnswers.of(ABC, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MeasuredAnswers.of(ABC, List.of(judged("a", "z"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertInterval(Estimate estimate, double low, double high) {
    assertThat(estimate.low()).isEqualTo(low, within(5e-5));
    assertThat(estimate.high()).isEqualTo(high, within(5e-5));
  }

  private static ModelFigures figures(JudgedAnswer... answers) {
    return MeasuredAnswers.of(ABC, List.of(answers)).figures();
  }

  private static double value(@Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate).value();
  }

  /** Ids between blanks. */
  private static JudgedAnswer judged(String truth, String predicted) {
    return new JudgedAnswer(
        List.of(truth.split(" ")), predicted.isEmpty() ? List.of() : List.of(predicted.split(" ")));
  }
}
