package dev.attune.launcher.evaluation.figures;

import java.util.List;

/** Counts of answers, and the figures computed from them. Categories are given by their index. */
final class AnswerCounts {
  private final int[] support;
  private final int[] predicted;
  private final int[] correct;
  private int examples;
  private int exact;
  private int invalid;

  AnswerCounts(int categories) {
    support = new int[categories];
    predicted = new int[categories];
    correct = new int[categories];
  }

  void add(IndexedAnswer answer) {
    examples++;
    exact += answer.isExact() ? 1 : 0;
    invalid += answer.predicted().length == 0 ? 1 : 0;
    for (int category : answer.truth()) {
      support[category]++;
    }
    for (int category : answer.predicted()) {
      predicted[category]++;
    }
    for (int category : answer.correct()) {
      correct[category]++;
    }
  }

  int examples() {
    return examples;
  }

  int exact() {
    return exact;
  }

  int invalid() {
    return invalid;
  }

  int support(int category) {
    return support[category];
  }

  int predicted(int category) {
    return predicted[category];
  }

  int correct(int category) {
    return correct[category];
  }

  /** Returns F1, or NaN if the category is neither true nor predicted. */
  double f1(int category) {
    return f1(correct[category], support[category] + predicted[category]);
  }

  double macroF1() {
    double sum = 0;
    int categories = 0;
    for (int category = 0; category < support.length; category++) {
      if (support[category] > 0) {
        sum += f1(category);
        categories++;
      }
    }
    return sum / categories; // every example has a category
  }

  double microF1() {
    return f1(sum(correct), sum(support) + sum(predicted));
  }

  /**
   * Returns macro F1 with the weight of one example reduced, for each example.
   *
   * @param answers all counted answers
   */
  double[] macroF1Lighter(List<IndexedAnswer> answers) {
    double[] f1 = new double[support.length];
    double sum = 0;
    int categories = 0;
    for (int category = 0; category < support.length; category++) {
      if (support[category] > 0) {
        f1[category] = f1(category);
        sum += f1[category];
        categories++;
      }
    }
    double[] lighter = new double[answers.size()];
    for (int i = 0; i < lighter.length; i++) {
      IndexedAnswer answer = answers.get(i);
      double change = 0;
      for (int category : answer.truth()) {
        boolean given = answer.isCorrect(category);
        change += lighter(category, given ? 1 : 0, given ? 2 : 1) - f1[category];
      }
      for (int category : answer.predicted()) {
        if (support[category] > 0 && !answer.isTrue(category)) {
          change += lighter(category, 0, 1) - f1[category];
        }
      }
      lighter[i] = (sum + change) / categories;
    }
    return lighter;
  }

  private double lighter(int category, int fewerCorrect, int fewer) {
    return f1(
        correct[category] - Jackknife.STEP * fewerCorrect,
        support[category] + predicted[category] - Jackknife.STEP * fewer);
  }

  /**
   * Returns micro F1 with the weight of one example reduced, for each example.
   *
   * @param answers all counted answers
   */
  double[] microF1Lighter(List<IndexedAnswer> answers) {
    int allCorrect = sum(correct);
    int all = sum(support) + sum(predicted);
    double[] lighter = new double[answers.size()];
    for (int i = 0; i < lighter.length; i++) {
      IndexedAnswer answer = answers.get(i);
      int decided = answer.truth().length + answer.predicted().length;
      lighter[i] =
          f1(allCorrect - Jackknife.STEP * answer.correct().length, all - Jackknife.STEP * decided);
    }
    return lighter;
  }

  private static double f1(double correct, double supportAndPredicted) {
    return 2 * correct / supportAndPredicted;
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
