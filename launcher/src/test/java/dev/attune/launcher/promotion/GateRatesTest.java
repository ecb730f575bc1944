package dev.attune.launcher.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.EvaluationConfig.Metric;
import dev.attune.launcher.evaluation.figures.PairedFigures;
import dev.attune.launcher.promotion.SimulatedModels.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Measures how often the gate promotes simulated models of known quality, and asserts the required
 * bounds. The results are written to target/gate-rates.txt and target/gate-curve.txt;
 * docs/promotion.md shows them.
 */
class GateRatesTest {
  private static final long SEED = 9_2026;
  private static final double BASE_ACCURACY = 0.3;

  /** One draw of so many is also judged by the gate from a whole evaluation. */
  private static final int EVERY = 250;

  /** So many draws are judged by macro F1, too; all of them by accuracy. */
  private static final int BY_MACRO_F1 = 5_000;

  private final List<String> table = new ArrayList<>();

  /** Examples and how many draws; the smaller setting has little room, so it has more draws. */
  private enum Setting {
    A(77, 1320, 5, 5_000),
    B(24, 300, 3, 10_000);

    private final int categories;
    private final int examples;
    private final int smallest;
    private final int draws;

    Setting(int categories, int examples, int smallest, int draws) {
      this.categories = categories;
      this.examples = examples;
      this.smallest = smallest;
      this.draws = draws;
    }

    SimulatedModels models() {
      return SimulatedModels.uneven(categories, examples, smallest, 40);
    }
  }

  /** Draws the answers of two models, once. */
  private interface Draw {
    void draw(SimulatedModels models, SplittableRandom random);
  }

  /**
   * In how many of 100 draws the model is promoted.
   *
   * @param byAccuracy with accuracy as the metric
   * @param byMacroF1 with macro F1 as the metric
   */
  private record Rates(double byAccuracy, double byMacroF1) {}

  private Rates rates(String row, Setting setting, boolean withChampion, Draw draw) {
    SimulatedModels models = setting.models();
    SimulatedGate gate = new SimulatedGate(models);
    SplittableRandom random = new SplittableRandom(SEED + setting.categories);
    int byAccuracy = 0;
    int byMacroF1 = 0;
    for (int i = 0; i < setting.draws; i++) {
      draw.draw(models, random);
      boolean accuracy = gate.promotesByAccuracy(withChampion);
      byAccuracy += accuracy ? 1 : 0;
      if (i >= BY_MACRO_F1) {
        continue;
      }
      boolean macroF1 = gate.promotesByMacroF1(withChampion);
      byMacroF1 += macroF1 ? 1 : 0;
      if (i % EVERY == 0) {
        assertThat(gate.promotes(Metric.ACCURACY, withChampion)).isEqualTo(accuracy);
        assertThat(gate.promotes(Metric.MACRO_F1, withChampion)).isEqualTo(macroF1);
      }
    }
    Rates rates = new Rates(100.0 * byAccuracy / setting.draws, 100.0 * byMacroF1 / BY_MACRO_F1);
    table.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.1f | %.1f |",
            row,
            setting,
            rates.byAccuracy,
            rates.byMacroF1));
    return rates;
  }

  private Rates against(String row, Setting setting, Pair first, Pair rest) {
    return rates(
        row, setting, true, (models, random) -> models.draw(first, rest, BASE_ACCURACY, random));
  }

  private void promotedInAtLeast(double least, Rates rates) {
    assertThat(rates.byAccuracy).as(table::toString).isGreaterThanOrEqualTo(least);
    assertThat(rates.byMacroF1).as(table::toString).isGreaterThanOrEqualTo(least);
  }

  private void promotedInAtMost(double most, Rates rates) {
    assertThat(rates.byAccuracy).as(table::toString).isLessThanOrEqualTo(most);
    assertThat(rates.byMacroF1).as(table::toString).isLessThanOrEqualTo(most);
  }

  @Test
  void reachesEveryRate() throws IOException {
    table.add("| truth | setting | promoted, accuracy (%) | promoted, macro F1 (%) |");
    table.add("|---|---|---|---|");
    try {
      for (Setting setting : Setting.values()) {
        for (double accuracy : new double[] {0.88, 0.95}) {
          Pair equal = new Pair(accuracy, 0.05, 0.05);
          // At 0.95 a model that is 3 points better is wrong where the champion is right in 2%.
          Pair better =
              accuracy < 0.9 ? new Pair(accuracy, 0.035, 0.065) : new Pair(accuracy, 0.02, 0.05);
          Pair worse = new Pair(accuracy, 0.075, 0.025);
          Pair fallen = new Pair(0.9, 0.45, 0.05);
          promotedInAtLeast(85, against("equal, " + accuracy, setting, equal, equal));
          promotedInAtLeast(97, against("3 points better, " + accuracy, setting, better, better));
          promotedInAtMost(5, against("5 points worse, " + accuracy, setting, worse, worse));
          promotedInAtMost(
              5, against("one category from 0.9 to 0.5, " + accuracy, setting, fallen, equal));
        }
        Pair base = new Pair(BASE_ACCURACY, 0.05, 0.05);
        promotedInAtMost(
            5,
            rates(
                "as good as the base, 90% of the answers the same",
                setting,
                false,
                (models, random) -> {
                  models.draw(base, base, BASE_ACCURACY, random);
                  models.takeChampionForBase();
                }));
        promotedInAtMost(
            5,
            rates(
                "as good as the base, independent answers",
                setting,
                false,
                (models, random) -> models.draw(base, base, BASE_ACCURACY, random)));
      }
    } finally {
      Files.write(Path.of("target/gate-rates.txt"), table);
    }
  }

  /** What docs/promotion.md shows: models that answer 90% alike, ten categories. */
  @Test
  void tellsMoreFromMoreExamples() throws IOException {
    int[] sizes = {30, 100, 300, 1000};
    int[] points = {-10, -5, -3, -2, -1, 0, 1, 2, 3, 5, 10};
    int draws = 5_000;
    double[][] promoted = new double[points.length][sizes.length];
    for (int size = 0; size < sizes.length; size++) {
      SimulatedModels models = SimulatedModels.even(sizes[size]);
      SimulatedGate gate = new SimulatedGate(models);
      for (int point = 0; point < points.length; point++) {
        double gain = points[point] / 100.0;
        Pair pair = new Pair(0.85, (0.1 - gain) / 2, (0.1 + gain) / 2);
        SplittableRandom random = new SplittableRandom(SEED + size);
        for (int i = 0; i < draws; i++) {
          models.draw(pair, pair, BASE_ACCURACY, random);
          promoted[point][size] += gate.promotesByAccuracy(true) ? 100.0 / draws : 0;
        }
      }
    }
    List<String> curve = new ArrayList<>();
    curve.add("| the model is | 30 | 100 | 300 | 1,000 |");
    curve.add("|---|---|---|---|---|");
    for (int point = 0; point < points.length; point++) {
      StringBuilder line = new StringBuilder("| ").append(name(points[point]));
      for (int size = 0; size < sizes.length; size++) {
        line.append(String.format(Locale.ROOT, " | %.0f%%", promoted[point][size]));
      }
      curve.add(line.append(" |").toString());
    }
    curve.add("");
    curve.add("| answers that differ from the base's | 30 | 100 | 300 | 1,000 |");
    curve.add("|---|---|---|---|---|");
    for (double share : new double[] {0.1, 0.3, 0.6}) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %.0f%%", 100 * share));
      for (int size : sizes) {
        line.append(" | ").append(leastGain(size, share));
      }
      curve.add(line.append(" |").toString());
    }
    Files.write(Path.of("target/gate-curve.txt"), curve);

    for (int size = 1; size < sizes.length; size++) {
      assertThat(promoted[0][size]).isLessThan(promoted[0][size - 1] + 1);
      assertThat(promoted[points.length - 1][size]).isGreaterThan(99);
    }
    assertThat(promoted[1][3]).as("5 points worse by 1,000 examples").isLessThan(0.1);
    for (double rate : promoted[5]) {
      assertThat(rate).as("equal").isGreaterThan(80);
    }
  }

  private static String name(int points) {
    if (points == 0) {
      return "as good";
    }
    int size = Math.abs(points);
    return size + (size == 1 ? " point " : " points ") + (points > 0 ? "better" : "worse");
  }

  /** The smallest gain over the base, in points, whose interval lies above 0. */
  private static String leastGain(int examples, double share) {
    int differing = (int) Math.round(examples * share);
    for (int more = differing % 2; more <= differing; more += 2) {
      int worse = (differing - more) / 2;
      if (PairedFigures.accuracyGain(worse + more, worse, examples).low() > 0) {
        return String.format(Locale.ROOT, "%.1f", 100.0 * more / examples);
      }
    }
    return "none";
  }
}
