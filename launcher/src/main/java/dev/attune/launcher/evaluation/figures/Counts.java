package dev.attune.launcher.evaluation.figures;

/** What is counted of some examples, and the figures that follow. Categories are their places. */
final class Counts {
  private final int[] support;
  private final int[] predicted;
  private final int[] correct;
  private int examples;
  private int exact;
  private int invalid;

  Counts(int categories) {
    support = new int[categories];
    predicted = new int[categories];
    correct = new int[categories];
  }

  void add(Placed answer) {
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

  double accuracy() {
    return (double) exact / examples;
  }

  /** NaN where the category is neither true nor predicted. */
  double f1(int category) {
    return f1(correct[category], support[category], predicted[category]);
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
    return f1(sum(correct), sum(support), sum(predicted));
  }

  private static double f1(int correct, int support, int predicted) {
    return 2.0 * correct / (support + predicted);
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
