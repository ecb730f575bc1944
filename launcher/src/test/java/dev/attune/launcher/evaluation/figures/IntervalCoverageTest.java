package dev.attune.launcher.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Intervals that are called 95% hold the true figure in 95% of repeated samples, within a small
 * margin. Whole examples are drawn. The table goes to target/interval-coverage.txt.
 */
class IntervalCoverageTest {
  private static final int SAMPLES = 5_000;
  private static final double[] ACCURACIES = {0.76, 0.88, 0.95};

  private static final int[] TWENTY_FOUR = {
    50, 31, 23, 21, 18, 16, 15, 14, 13, 12, 11, 10, 9, 8, 8, 7, 6, 6, 5, 4, 4, 3, 3, 3
  };

  private static final List<AnswerPopulation> POPULATIONS =
      List.of(
          AnswerPopulation.of(
              "77 categories, 1,320 examples", AnswerPopulation.sizes(77, 1_320, 5, 2.0)),
          AnswerPopulation.of("24 categories, 300 examples", TWENTY_FOUR),
          AnswerPopulation.of(
              "24 categories, 300 examples, more of them rare",
              AnswerPopulation.sizes(24, 300, 3, 3.7)));

  @Test
  void everyIntervalHoldsTheTruthAsOftenAsItSays() throws Exception {
    SoftAssertions softly = new SoftAssertions();
    List<String> table = new ArrayList<>();
    table.add(
        String.format(
            Locale.ROOT, "Intervals that hold the true figure, in %% of %,d samples.", SAMPLES));
    table.add("Categories: mean of all, then the lowest.");
    for (AnswerPopulation population : POPULATIONS) {
      table.add("");
      table.add(population.name() + ", sizes " + Arrays.toString(population.sizes()));
      table.add(
          "accuracy |  acc. macro micro | gain of 0: acc. macro micro |"
              + " gain of .05: acc. macro micro | recall low |  F1   low");
      for (double accuracy : ACCURACIES) {
        Coverage coverage = new Coverage(population, accuracy);
        coverage.draw();
        table.add(coverage.row());
        coverage.check(softly);
      }
    }
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "interval-coverage.txt"), table, StandardCharsets.UTF_8);
    softly.assertAll();
  }

  /** The true figures are those of a sample so large that chance plays no part. */
  @Test
  void knowsTheTruth() {
    AnswerPopulation population = POPULATIONS.get(1);
    SplittableRandom random = new SplittableRandom(1);
    List<IndexedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < 1_000_000; i++) {
      int category = population.category(random);
      boolean right = random.nextDouble() < 0.8;
      answers.add(right ? population.right(category) : population.wrong(category, random));
    }
    ScoredAnswers scored = new ScoredAnswers(population.sizes().length, answers);
    assertThat(scored.macroF1().value()).isEqualTo(population.macroF1(0.8), within(0.002));
    assertThat(population.f1(0.8)[5]).isEqualTo(scored.counts().f1(5), within(0.01));
  }

  /** Counts how often intervals hold the truth. */
  private static final class Coverage {
    private final AnswerPopulation population;
    private final double accuracy;
    private final double[] f1;
    private final double macroF1;

    /** Of accuracy, macro F1 and micro F1; then of their gains of 0; then of those of 0.05. */
    private final int[] held = new int[9];

    private final int[] recalls;
    private final int[] recallsHeld;
    private final int[] f1s;
    private final int[] f1sHeld;

    Coverage(AnswerPopulation population, double accuracy) {
      this.population = population;
      this.accuracy = accuracy;
      this.f1 = population.f1(accuracy);
      this.macroF1 = population.macroF1(accuracy);
      recalls = new int[f1.length];
      recallsHeld = new int[f1.length];
      f1s = new int[f1.length];
      f1sHeld = new int[f1.length];
    }

    void draw() {
      SplittableRandom random = new SplittableRandom(Double.hashCode(accuracy) + f1.length);
      double gain = macroF1 - population.macroF1(accuracy - 0.05);
      for (int sample = 0; sample < SAMPLES; sample++) {
        List<IndexedAnswer> model = new ArrayList<>();
        List<IndexedAnswer> equal = new ArrayList<>();
        List<IndexedAnswer> worse = new ArrayList<>();
        for (int i = 0; i < population.examples(); i++) {
          int category = population.category(random);
          IndexedAnswer right = population.right(category);
          IndexedAnswer wrong = population.wrong(category, random);
          double dice = random.nextDouble();
          model.add(dice < accuracy ? right : wrong);
          // One of two models is right in 10% of the examples: 5% and 5%, or 7.5% and 2.5%.
          equal.add(isRight(dice, 0.05, 0.05) ? right : wrong);
          worse.add(isRight(dice, 0.075, 0.025) ? right : wrong);
        }
        ScoredAnswers scored = new ScoredAnswers(f1.length, model);
        count(0, scored.accuracy(), accuracy);
        count(1, scored.macroF1(), macroF1);
        count(2, scored.microF1(), accuracy);
        countGains(3, scored, new ScoredAnswers(f1.length, equal), 0, 0);
        countGains(6, scored, new ScoredAnswers(f1.length, worse), 0.05, gain);
        countCategories(scored.counts());
      }
    }

    private boolean isRight(double dice, double lost, double won) {
      return dice < accuracy - lost || (dice >= accuracy && dice < accuracy + won);
    }

    private void countGains(
        int first, ScoredAnswers model, ScoredAnswers other, double ofAccuracy, double ofMacroF1) {
      count(first, model.accuracyGain(other), ofAccuracy);
      count(first + 1, model.macroF1Gain(other), ofMacroF1);
      count(first + 2, model.microF1Gain(other), ofAccuracy);
    }

    private void count(int figure, Estimate estimate, double truth) {
      held[figure] += holds(estimate, truth);
    }

    private void countCategories(AnswerCounts counts) {
      for (int i = 0; i < f1.length; i++) {
        int support = counts.support(i);
        int predicted = counts.predicted(i);
        int correct = counts.correct(i);
        if (support > 0) {
          recalls[i]++;
          recallsHeld[i] += holds(Estimate.share(correct, support), accuracy);
        }
        if (support + predicted > 0) {
          f1s[i]++;
          f1sHeld[i] += holds(Estimate.f1(support, predicted, correct), f1[i]);
        }
      }
    }

    private static int holds(Estimate estimate, double truth) {
      return estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
    }

    String row() {
      double[] recall = percents(recallsHeld, recalls);
      double[] ofF1 = percents(f1sHeld, f1s);
      return String.format(
          Locale.ROOT,
          "  %.2f   | %5.1f %5.1f %5.1f |            %4.1f  %4.1f  %4.1f |"
              + "              %4.1f  %4.1f  %4.1f |  %4.1f %4.1f | %4.1f %4.1f",
          accuracy,
          percent(0),
          percent(1),
          percent(2),
          percent(3),
          percent(4),
          percent(5),
          percent(6),
          percent(7),
          percent(8),
          mean(recall),
          lowest(recall),
          mean(ofF1),
          lowest(ofF1));
    }

    void check(SoftAssertions softly) {
      String where = population.name() + " at " + accuracy + ": " + row();
      for (int figure = 0; figure < held.length; figure++) {
        softly.assertThat(percent(figure)).as(where).isBetween(93.0, 97.0);
      }
      for (double[] categories : List.of(percents(recallsHeld, recalls), percents(f1sHeld, f1s))) {
        softly.assertThat(mean(categories)).as(where).isBetween(93.0, 98.0);
        softly.assertThat(lowest(categories)).as(where).isGreaterThanOrEqualTo(90.0);
      }
    }

    private double percent(int figure) {
      return 100.0 * held[figure] / SAMPLES;
    }

    private static double[] percents(int[] held, int[] of) {
      double[] percents = new double[of.length];
      Arrays.setAll(percents, i -> 100.0 * held[i] / of[i]);
      return percents;
    }

    private static double mean(double[] percents) {
      return Arrays.stream(percents).average().orElseThrow();
    }

    private static double lowest(double[] percents) {
      return Arrays.stream(percents).min().orElseThrow();
    }
  }
}
