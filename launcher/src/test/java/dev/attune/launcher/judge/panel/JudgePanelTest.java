package dev.attune.launcher.judge.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.attune.launcher.judge.panel.JudgePanel.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgePanelTest {
  private static final boolean[] FOUR = {true, true, true, true};

  @Test
  void countsATieAsHalfAWinAndAContradictionAsATie() {
    WinRate rate = WinRate.of(new double[] {1, 1, 0, -1});

    assertThat(rate.value()).isEqualTo(0.625);
    assertThat(rate.low()).isLessThan(0.5);
    assertThat(rate.high()).isLessThanOrEqualTo(1);
    assertThat(rate.standardErrors()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(OrderVerdict.FIRST.with(OrderVerdict.SECOND)).isEqualTo(PairVerdict.WIN);
    assertThat(OrderVerdict.FIRST.with(OrderVerdict.FIRST)).isEqualTo(PairVerdict.TIE);
    assertThat(OrderVerdict.SECOND.with(OrderVerdict.FIRST)).isEqualTo(PairVerdict.LOSS);
    assertThat(OrderVerdict.FIRST.with(OrderVerdict.NONE)).isEqualTo(PairVerdict.TIE);
    assertThat(OrderVerdict.EQUAL.agreesWith(OrderVerdict.EQUAL)).isTrue();
    assertThat(OrderVerdict.FIRST.agreesWith(OrderVerdict.FIRST)).isFalse();
    assertThat(OrderVerdict.NONE.agreesWith(OrderVerdict.NONE)).isFalse();
  }

  /** With wins and losses alone it is the interval of a paired gain of accuracy. */
  @Test
  void agreesWithTheIntervalOfAGain() {
    double[] scores = new double[100];
    for (int i = 0; i < 30; i++) {
      scores[i] = i < 22 ? 1 : -1;
    }

    WinRate rate = WinRate.of(scores);

    // Agresti and Min (2005): (b + 1/2) and (c + 1/2) of n + 2.
    double centre = 14.0 / 102;
    double half = 1.959963984540054 * Math.sqrt((31 - 14 * centre) / (102.0 * 102));
    assertThat(WinRate.net(rate.low())).isCloseTo(centre - half, within(1e-12));
    assertThat(WinRate.net(rate.high())).isCloseTo(centre + half, within(1e-12));
    assertThat(WinRate.net(rate.value())).isCloseTo(0.14, within(1e-12));
  }

  @Test
  void leavesOutEachFamilyOnce() {
    JudgePanel panel =
        new JudgePanel(
            List.of("a", "b", "a"), new int[][] {{1, 1, 1, 1}, {-1, -1, 0, 0}, {1, 1, 0, 0}}, FOUR);

    List<Part> parts = panel.parts();

    assertThat(parts).extracting(Part::without).containsExactly(null, "a", "b");
    assertThat(parts.get(1).rate().value()).isEqualTo(0.25);
    assertThat(parts.get(2).rate().value()).isEqualTo(0.875);
    assertThat(panel.rate(2).value()).isEqualTo(0.75);
    assertThat(panel.familyCount()).isEqualTo(2);
    JudgePanel alike =
        new JudgePanel(List.of("a", "a"), new int[][] {{1, 1, 1, 1}, {1, 1, 1, 0}}, FOUR);
    assertThat(alike.parts()).hasSize(1);
  }

  @Test
  void measuresAgreementWhereJudgesWereAsked() {
    boolean[] asked = {true, true, true, true, false};
    JudgePanel panel =
        new JudgePanel(
            List.of("a", "b"), new int[][] {{1, 1, -1, -1, 1}, {1, -1, -1, -1, 1}}, asked);

    // 3 of 4 are the same; by chance 1/2 · 1/4 + 1/2 · 3/4 = 1/2.
    assertThat(panel.kappa(0, 1)).isCloseTo(0.5, within(1e-12));
    assertThat(panel.meanKappa()).isCloseTo(0.5, within(1e-12));
    double correlation = 1 / Math.sqrt(3);
    assertThat(panel.effectiveVotes()).isCloseTo(2 / (1 + correlation), within(1e-12));
    JudgePanel constant =
        new JudgePanel(List.of("a", "b"), new int[][] {{1, 1, 1, 1}, {1, 1, 1, 1}}, FOUR);
    assertThat(constant.meanKappa()).isNull();
    assertThat(constant.effectiveVotes()).isEqualTo(1);
  }
}
