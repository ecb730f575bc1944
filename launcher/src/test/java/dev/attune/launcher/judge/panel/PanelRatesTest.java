package dev.attune.launcher.judge.panel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.judge.panel.JudgePanel.Part;
import dev.attune.launcher.promotion.gate.PairedGain;
import dev.attune.launcher.promotion.gate.PanelComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Measures how often the gate promotes models of known win rate that simulated judges of known bias
 * compare, and asserts the required bounds. The results are written to target/panel-rates.txt;
 * docs/judging.md shows them.
 */
class PanelRatesTest {
  private static final long SEED = 36_2026;
  private static final int EXAMPLES = 300;
  private static final int DRAWS = 5_000;

  /** Draws of rows without a narrow bound. */
  private static final int FEWER = 1_000;

  /** The usual position bias; a judge of 2023 contradicted itself in 35% of close pairs. */
  private static final double POSITION = 0.2;

  /** Share of pairs in which the evaluated model's answer is the longer one, where that matters. */
  private static final double LONGER = 0.75;

  /** The win rate over the base of a model that is compared with a champion. */
  private static final double FAR_BETTER = 0.75;

  /** One draw of so many is compared with the base, too: it is always better. */
  private static final int EVERY = 100;

  /** Draws for the coverage of intervals. */
  private static final int INTERVALS = 2_000;

  private final List<String> table = new ArrayList<>();

  private static List<SimulatedJudge> fair(int judges, double shared) {
    return IntStream.range(0, judges)
        .mapToObj(i -> SimulatedJudge.fair(i, shared, POSITION))
        .toList();
  }

  private static List<SimulatedJudge> withFirst(
      List<SimulatedJudge> judges, SimulatedJudge biased) {
    List<SimulatedJudge> others = new ArrayList<>(judges);
    others.set(0, biased);
    return others;
  }

  /** Judges all examples; {@code rate} is how often people prefer the model. */
  private static JudgePanel panel(
      List<SimulatedJudge> judges, double rate, double ties, SplittableRandom random) {
    int[][] scores = new int[judges.size()][EXAMPLES];
    boolean[] asked = new boolean[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      asked[i] = true;
      int seen = seen(rate, ties, random);
      boolean isLonger = random.nextDouble() < LONGER;
      for (int judge = 0; judge < scores.length; judge++) {
        scores[judge][i] =
            judges.get(judge).judge(seen, dice -> seen(rate, ties, dice), isLonger, random).score();
      }
    }
    return new JudgePanel(judges.stream().map(SimulatedJudge::family).toList(), scores, asked);
  }

  private static int seen(double rate, double ties, SplittableRandom random) {
    double drawn = random.nextDouble();
    double wins = rate - ties / 2;
    return drawn < wins ? 1 : drawn < wins + ties ? 0 : -1;
  }

  private static boolean isBetterThanBase(JudgePanel panel) {
    return panel.parts().stream()
        .map(Part::rate)
        .allMatch(
            rate ->
                PanelComparison.isBetter(
                    new PairedGain(
                        WinRate.net(rate.value()),
                        WinRate.net(rate.low()),
                        WinRate.net(rate.high())),
                    0));
  }

  private static boolean isWorseThanChampion(JudgePanel panel) {
    return panel.parts().stream()
        .anyMatch(part -> PanelComparison.isWorse(part.rate().standardErrors()));
  }

  /** The share in which a model that is far better than its base passes against the champion. */
  private double againstChampion(
      String row, List<SimulatedJudge> judges, double rate, double ties) {
    SplittableRandom random = new SplittableRandom(SEED);
    int draws = rate > 0.5 ? FEWER : DRAWS;
    int promoted = 0;
    for (int i = 0; i < draws; i++) {
      boolean passes = !isWorseThanChampion(panel(judges, rate, ties, random));
      promoted += passes ? 1 : 0;
      if (i % EVERY == 0) {
        assertThat(isBetterThanBase(panel(judges, FAR_BETTER, ties, random))).isTrue();
      }
    }
    return entered(row, promoted, draws);
  }

  /** The share in which a model passes against its base alone. */
  private double againstBase(String row, List<SimulatedJudge> judges, double rate) {
    SplittableRandom random = new SplittableRandom(SEED);
    int draws = rate > 0.5 ? FEWER : DRAWS;
    int promoted = 0;
    for (int i = 0; i < draws; i++) {
      promoted += isBetterThanBase(panel(judges, rate, 0, random)) ? 1 : 0;
    }
    return entered(row, promoted, draws);
  }

  private double entered(String row, int promoted, int draws) {
    double share = 100.0 * promoted / draws;
    table.add(String.format(Locale.ROOT, "| %s | %.1f |", row, share));
    return share;
  }

  @Test
  void reachesEveryRate() throws IOException {
    table.add("| truth, and judges | promoted (%) |");
    table.add("|---|---|");
    try {
      for (int judges : new int[] {2, 3, 5}) {
        reachesTheRates(judges + " judges", fair(judges, 0.8), 0);
      }
      reachesTheRates("3 judges, a fifth of the pairs equal", fair(3, 0.8), 0.2);
      reachesTheRates("3 judges that hardly agree", fair(3, 0.4), 0);
      reachesTheRates("3 judges that nearly always agree", fair(3, 0.95), 0);
      oneBiasedJudgeDoesNotDecide();
      List<SimulatedJudge> erring = fair(3, 0.8).stream().map(judge -> judge.erring(0.15)).toList();
      againstChampion(
          "win rate 0.40, all 3 judges see 15% of the pairs the wrong way round", erring, 0.4, 0);
      List<SimulatedJudge> alike =
          fair(3, 0.8).stream().map(judge -> judge.preferringLonger(0.2)).toList();
      againstChampion("win rate 0.40, all 3 judges prefer longer answers in 20%", alike, 0.4, 0);
    } finally {
      Files.write(Path.of("target/panel-rates.txt"), table);
    }
  }

  private void reachesTheRates(String who, List<SimulatedJudge> judges, double ties) {
    assertThat(againstChampion("as good as the champion, " + who, judges, 0.5, ties))
        .isGreaterThanOrEqualTo(85);
    assertThat(againstChampion("win rate 0.60, " + who, judges, 0.6, ties))
        .isGreaterThanOrEqualTo(95);
    assertThat(againstChampion("win rate 0.40, " + who, judges, 0.4, ties)).isLessThanOrEqualTo(5);
  }

  private void oneBiasedJudgeDoesNotDecide() {
    List<SimulatedJudge> fair = fair(3, 0.8);
    SimulatedJudge one = fair.get(0);
    List<SimulatedJudge> own = withFirst(fair, one.preferringItsOwn(0.2));
    List<SimulatedJudge> always = withFirst(fair, one.preferringItsOwn(1));
    List<SimulatedJudge> longer = withFirst(fair, one.preferringLonger(0.4));
    List<SimulatedJudge> against = withFirst(fair, one.preferringItsOwn(-0.2));
    assertThat(againstChampion("win rate 0.40, 1 of 3 prefers the model in 20%", own, 0.4, 0))
        .isLessThanOrEqualTo(5);
    assertThat(againstChampion("win rate 0.40, 1 of 3 always prefers the model", always, 0.4, 0))
        .isLessThanOrEqualTo(5);
    assertThat(
            againstChampion(
                "win rate 0.40, 1 of 3 prefers the longer answers, mostly the model's, in 40%",
                longer, 0.4, 0))
        .isLessThanOrEqualTo(5);
    assertThat(againstChampion("win rate 0.60, 1 of 3 prefers the other in 20%", against, 0.6, 0))
        .isGreaterThanOrEqualTo(95);
    againstChampion("as good as the champion, 1 of 3 prefers the other in 20%", against, 0.5, 0);
    assertThat(againstBase("as good as the base, no champion, 3 judges", fair, 0.5))
        .isLessThanOrEqualTo(5);
    assertThat(againstBase("the same, 1 of 3 prefers the model in 20%", own, 0.5))
        .isLessThanOrEqualTo(5);
    assertThat(againstBase("the same, 1 of 3 always prefers the model", always, 0.5))
        .isLessThanOrEqualTo(5);
    againstBase("win rate 0.60 over the base, no champion, 3 judges", fair, 0.6);
    againstBase("win rate 0.65 over the base, no champion, 3 judges", fair, 0.65);
  }

  /** Intervals by example hold the true rate, however much the judges agree. */
  @Test
  void holdsTheTrueWinRateInNineteenOfTwentyIntervals() {
    for (double shared : new double[] {0.4, 0.95}) {
      for (double rate : new double[] {0.5, 0.6, 0.8}) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<SimulatedJudge> judges = fair(3, shared);
        double truth = 0.5 + (rate - 0.5) * (1 - POSITION);
        int held = 0;
        for (int i = 0; i < INTERVALS; i++) {
          WinRate measured = panel(judges, rate, 0, random).parts().get(0).rate();
          held += measured.low() <= truth && truth <= measured.high() ? 1 : 0;
        }
        assertThat(100.0 * held / INTERVALS)
            .as("rate %s, shared %s", rate, shared)
            .isBetween(93.0, 97.0);
      }
    }
  }
}
