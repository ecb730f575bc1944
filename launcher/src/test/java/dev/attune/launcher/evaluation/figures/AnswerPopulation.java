package dev.attune.launcher.evaluation.figures;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What samples of examples and answers are drawn from, so that the true figures are known. Each
 * example has one category. A model is right in the same share of every category; 70% of its wrong
 * answers go to three neighbours of the category, 30% to any other one.
 */
final class AnswerPopulation {
  private static final double TO_NEIGHBOURS = 0.7;
  private static final int NEIGHBOURS = 3;

  private final String name;
  private final int[] sizes;

  /** The category of each of the examples of an average sample. */
  private final int[] categories;

  private final int[][] neighbours;
  private final IndexedAnswer[][] answers;

  private AnswerPopulation(String name, int[] sizes, long seed) {
    this.name = name;
    this.sizes = sizes;
    this.categories =
        IntStream.range(0, sizes.length)
            .flatMap(category -> IntStream.generate(() -> category).limit(sizes[category]))
            .toArray();
    this.neighbours = neighbours(sizes.length, new SplittableRandom(seed));
    this.answers = answers(sizes.length);
  }

  /** A population whose average sample has so many examples of each category. */
  static AnswerPopulation of(String name, int... sizes) {
    return new AnswerPopulation(name, sizes, 20_261_128L + sizes.length);
  }

  /**
   * One category of 50 examples and others of fewer, which many have few of.
   *
   * @param smallest size of the others; the largest is 40
   * @param curve 1: sizes fall evenly; the greater, the more categories are small
   */
  static int[] sizes(int categories, int examples, int smallest, double curve) {
    int[] all = new int[categories];
    all[0] = 50;
    for (int i = 1; i < categories; i++) {
      double height = Math.pow((double) (categories - 1 - i) / (categories - 2), curve);
      all[i] = (int) Math.round(smallest + (40 - smallest) * height);
    }
    int missing = examples - Arrays.stream(all).sum();
    for (int i = 2; missing != 0; i = i == categories - 1 ? 2 : i + 1) {
      int step = Integer.signum(missing);
      if (all[i] + step >= smallest && all[i] + step <= 40) {
        all[i] += step;
        missing -= step;
      }
    }
    return all;
  }

  String name() {
    return name;
  }

  /** How many examples each category has in an average sample, the most first. */
  int[] sizes() {
    return sizes.clone();
  }

  int examples() {
    return categories.length;
  }

  /** The true F1 of each category for a model that is right in a share of the examples. */
  double[] f1(double accuracy) {
    int all = sizes.length;
    double[] predicted = new double[all];
    for (int truth = 0; truth < all; truth++) {
      double wrong = (1 - accuracy) * sizes[truth];
      predicted[truth] += accuracy * sizes[truth] - (1 - TO_NEIGHBOURS) * wrong / (all - 1);
      for (int other = 0; other < all; other++) {
        predicted[other] += (1 - TO_NEIGHBOURS) * wrong / (all - 1);
      }
      for (int neighbour : neighbours[truth]) {
        predicted[neighbour] += TO_NEIGHBOURS * wrong / NEIGHBOURS;
      }
    }
    double[] f1 = new double[all];
    Arrays.setAll(f1, i -> 2 * accuracy * sizes[i] / (sizes[i] + predicted[i]));
    return f1;
  }

  double macroF1(double accuracy) {
    return Arrays.stream(f1(accuracy)).average().orElseThrow();
  }

  /** Draws the category of an example: the categories' sizes differ from sample to sample. */
  int category(SplittableRandom random) {
    return categories[random.nextInt(categories.length)];
  }

  IndexedAnswer right(int category) {
    return answers[category][category];
  }

  /** Draws a wrong answer. */
  IndexedAnswer wrong(int category, SplittableRandom random) {
    if (random.nextDouble() < TO_NEIGHBOURS) {
      return answers[category][neighbours[category][random.nextInt(NEIGHBOURS)]];
    }
    int other = random.nextInt(sizes.length - 1);
    return answers[category][other < category ? other : other + 1];
  }

  private static int[][] neighbours(int categories, SplittableRandom random) {
    int[][] neighbours = new int[categories][];
    for (int category = 0; category < categories; category++) {
      int self = category;
      neighbours[category] =
          IntStream.generate(() -> random.nextInt(categories))
              .filter(other -> other != self)
              .distinct()
              .limit(NEIGHBOURS)
              .toArray();
    }
    return neighbours;
  }

  private static IndexedAnswer[][] answers(int categories) {
    List<String> ids = IntStream.range(0, categories).mapToObj(i -> "c" + i).toList();
    Map<String, Integer> places =
        IntStream.range(0, categories).boxed().collect(Collectors.toMap(ids::get, i -> i));
    IndexedAnswer[][] answers = new IndexedAnswer[categories][categories];
    for (int truth = 0; truth < categories; truth++) {
      for (int given = 0; given < categories; given++) {
        JudgedAnswer judged = new JudgedAnswer(List.of(ids.get(truth)), List.of(ids.get(given)));
        answers[truth][given] = IndexedAnswer.of(judged, places);
      }
    }
    return answers;
  }
}
