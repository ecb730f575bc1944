package dev.attune.launcher.promotion;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Answers of a model, of the champion and of the base model to the same examples, drawn so that the
 * truth about the models is known. Each example has one category and is drawn independently of the
 * others. Of the wrong answers 70% name one of three categories that are often taken for the true
 * one, the others any category.
 */
final class SimulatedModels {
  private static final int LARGEST = 50;
  private static final int CONFUSED = 3;
  private static final double SHARE_CONFUSED = 0.7;

  private final int categories;
  private final int[] truths;
  private final int[][] confused;

  final int[] model;
  final int[] champion;
  final int[] base;

  private SimulatedModels(int[] sizes) {
    this.categories = sizes.length;
    this.truths = new int[Arrays.stream(sizes).sum()];
    int next = 0;
    for (int category = 0; category < sizes.length; category++) {
      Arrays.fill(truths, next, next + sizes[category], category);
      next += sizes[category];
    }
    SplittableRandom random = new SplittableRandom(sizes.length);
    this.confused = new int[sizes.length][];
    for (int category = 0; category < sizes.length; category++) {
      int self = category;
      confused[category] =
          random
              .ints(0, sizes.length)
              .filter(other -> other != self)
              .distinct()
              .limit(CONFUSED)
              .toArray();
    }
    this.model = new int[truths.length];
    this.champion = new int[truths.length];
    this.base = new int[truths.length];
  }

  /**
   * One category of 50 examples; the sizes of the others fall from the largest to the smallest, the
   * more steeply the smaller they are on average.
   */
  static SimulatedModels uneven(int categories, int examples, int smallest, int largest) {
    int others = categories - 1;
    double mean = (double) (examples - LARGEST) / others;
    double power = (largest - smallest) / (mean - smallest) - 1;
    int[] sizes = new int[categories];
    sizes[0] = LARGEST;
    for (int i = 1; i <= others; i++) {
      double place = (double) (others - i) / (others - 1);
      sizes[i] = smallest + (int) Math.round((largest - smallest) * Math.pow(place, power));
    }
    int missing = examples - Arrays.stream(sizes).sum();
    for (int i = 2; missing != 0; i = i == others ? 2 : i + 1) {
      int step = Integer.signum(missing);
      if (sizes[i] + step >= smallest && sizes[i] + step <= largest) {
        sizes[i] += step;
        missing -= step;
      }
    }
    return new SimulatedModels(sizes);
  }

  /** Ten categories with the same number of examples. */
  static SimulatedModels even(int examples) {
    int[] sizes = new int[10];
    Arrays.fill(sizes, examples / sizes.length);
    return new SimulatedModels(sizes);
  }

  /**
   * How the model and the champion answer an example.
   *
   * @param accuracy probability that the champion is right
   * @param worse probability that the champion alone is right
   * @param better probability that the model alone is right
   */
  record Pair(double accuracy, double worse, double better) {}

  /**
   * Draws answers of the model and the champion, and of a base model that is independent of both.
   * Where neither model nor champion is right, they answer the same.
   *
   * @param first what holds in the category of 50 examples
   * @param rest what holds in the others
   * @param baseAccuracy probability that the base model is right
   */
  void draw(Pair first, Pair rest, double baseAccuracy, SplittableRandom random) {
    for (int i = 0; i < truths.length; i++) {
      int truth = truths[i];
      Pair pair = truth == 0 ? first : rest;
      double u = random.nextDouble();
      if (u < pair.worse) {
        champion[i] = truth;
        model[i] = wrong(truth, random);
      } else if (u < pair.worse + pair.better) {
        champion[i] = wrong(truth, random);
        model[i] = truth;
      } else {
        champion[i] = u < pair.accuracy + pair.better ? truth : wrong(truth, random);
        model[i] = champion[i];
      }
      base[i] = random.nextDouble() < baseAccuracy ? truth : wrong(truth, random);
    }
  }

  /** Makes the champion's answers of the last draw those of the base model. */
  void takeChampionForBase() {
    System.arraycopy(champion, 0, base, 0, base.length);
  }

  private int wrong(int truth, SplittableRandom random) {
    if (random.nextDouble() < SHARE_CONFUSED) {
      return confused[truth][random.nextInt(CONFUSED)];
    }
    int other = random.nextInt(categories - 1);
    return other < truth ? other : other + 1;
  }

  int categories() {
    return categories;
  }

  int examples() {
    return truths.length;
  }

  int[] truths() {
    return truths;
  }
}
