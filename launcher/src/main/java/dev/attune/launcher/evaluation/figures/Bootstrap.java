package dev.attune.launcher.evaluation.figures;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The figures of many samples drawn with replacement from the examples (Efron's percentile
 * bootstrap). The same seed and number of examples draw the same examples, for whatever model: so
 * the figures of two models can be compared draw by draw.
 */
final class Bootstrap {
  /** Enough for the ends of a 95% interval: 50 samples lie beyond each. */
  private static final int SAMPLES = 2_000;

  private static final double TAIL = 0.025;

  private final double[] accuracy = new double[SAMPLES];
  private final double[] macroF1 = new double[SAMPLES];
  private final double[] microF1 = new double[SAMPLES];
  private final double[][] f1;

  Bootstrap(List<Placed> answers, int categories, long seed) {
    f1 = new double[categories][SAMPLES];
    SplittableRandom random = new SplittableRandom(seed);
    Placed[] all = answers.toArray(new Placed[0]);
    for (int sample = 0; sample < SAMPLES; sample++) {
      Counts counts = new Counts(categories);
      for (int drawn = 0; drawn < all.length; drawn++) {
        counts.add(all[place(random.nextLong(), all.length)]);
      }
      accuracy[sample] = counts.accuracy();
      macroF1[sample] = counts.macroF1();
      microF1[sample] = counts.microF1();
      for (int category = 0; category < categories; category++) {
        f1[category][sample] = counts.f1(category);
      }
    }
  }

  /** Written out, since the JDK may bound numbers in another way one day. */
  private static int place(long random, int bound) {
    return (int) (((random >>> 32) * bound) >>> 32);
  }

  double[] accuracy() {
    return accuracy;
  }

  double[] macroF1() {
    return macroF1;
  }

  double[] microF1() {
    return microF1;
  }

  double[] f1(int category) {
    return f1[category];
  }

  /**
   * A figure with the middle 95% of what the samples say; samples without the figure are left out.
   */
  static Estimate around(double value, double[] samples) {
    double[] sorted = Arrays.stream(samples).filter(s -> !Double.isNaN(s)).sorted().toArray();
    int tail = (int) (sorted.length * TAIL);
    return new Estimate(value, sorted[tail], sorted[sorted.length - 1 - tail]);
  }

  /** A difference with the middle 95% of the samples' differences. */
  static Estimate difference(double value, double[] samples, double[] others) {
    double[] differences = new double[SAMPLES];
    Arrays.setAll(differences, i -> samples[i] - others[i]);
    return around(value, differences);
  }
}
