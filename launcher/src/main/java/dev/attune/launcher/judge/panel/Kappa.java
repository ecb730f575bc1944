package dev.attune.launcher.judge.panel;

import org.jspecify.annotations.Nullable;

/** Cohen's kappa (1960): how much more two people agree than chance explains. */
public final class Kappa {
  private static final int VERDICTS = 3;

  private Kappa() {}

  /**
   * Returns kappa over the scores 1, 0 and -1.
   *
   * @param counted which of them count
   * @return from -1 to 1; null if nothing counts or chance alone explains everything
   */
  public static @Nullable Double of(int[] one, int[] other, boolean[] counted) {
    int[] ones = new int[VERDICTS];
    int[] others = new int[VERDICTS];
    double same = 0;
    double n = 0;
    for (int i = 0; i < counted.length; i++) {
      if (counted[i]) {
        ones[one[i] + 1]++;
        others[other[i] + 1]++;
        same += one[i] == other[i] ? 1 : 0;
        n++;
      }
    }
    double chance = 0;
    for (int i = 0; i < VERDICTS; i++) {
      chance += n == 0 ? 0 : ones[i] / n * others[i] / n;
    }
    return n == 0 || chance >= 1 ? null : (Double) ((same / n - chance) / (1 - chance));
  }
}
