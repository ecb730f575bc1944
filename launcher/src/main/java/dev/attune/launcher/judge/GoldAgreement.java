package dev.attune.launcher.judge;

import dev.attune.launcher.judge.panel.Kappa;
import dev.attune.launcher.judge.panel.WinRate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a judge agrees with people. A pair counts 1 if both say the same, a half if exactly one
 * of them says that the answers are equal, and 0 if they prefer different answers. So a judge that
 * guesses, or always says equal, has 0.5.
 *
 * @param share mean over the pairs, with its 95% interval
 * @param kappa Cohen's kappa, or null if it is undefined
 */
public record GoldAgreement(WinRate share, @Nullable Double kappa) {
  /** Compares a judge with people's choices about the same pairs; at least one. */
  public static GoldAgreement of(List<GoldChoice> people, List<PairJudgement> judge) {
    int[] chosen = people.stream().mapToInt(choice -> choice.choice().score()).toArray();
    int[] judged = judge.stream().mapToInt(judgement -> judgement.verdict().score()).toArray();
    double[] credit = new double[chosen.length];
    boolean[] all = new boolean[chosen.length];
    Arrays.fill(all, true);
    for (int i = 0; i < credit.length; i++) {
      credit[i] = 1 - Math.abs(chosen[i] - judged[i]);
    }
    return new GoldAgreement(WinRate.of(credit), Kappa.of(chosen, judged, all));
  }

  /** Returns the agreement, from 0 to 1. */
  public double value() {
    return share.value();
  }
}
