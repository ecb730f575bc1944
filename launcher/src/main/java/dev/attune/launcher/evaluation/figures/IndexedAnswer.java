package dev.attune.launcher.evaluation.figures;

import java.util.List;
import java.util.Map;

/** A judged answer whose categories are given by their index in the taxonomy. */
final class IndexedAnswer {
  private final int[] truth;
  private final int[] predicted;
  private final int[] correct;

  private IndexedAnswer(int[] truth, int[] predicted, int[] correct) {
    this.truth = truth;
    this.predicted = predicted;
    this.correct = correct;
  }

  /**
   * Returns an answer with indexes.
   *
   * @throws IllegalArgumentException if the taxonomy lacks a category of the answer
   */
  static IndexedAnswer of(JudgedAnswer answer, Map<String, Integer> places) {
    return new IndexedAnswer(
        places(answer.truth(), places),
        places(answer.predicted(), places),
        places(answer.predicted().stream().filter(answer.truth()::contains).toList(), places));
  }

  private static int[] places(List<String> ids, Map<String, Integer> places) {
    return ids.stream().mapToInt(id -> place(id, places)).toArray();
  }

  private static int place(String id, Map<String, Integer> places) {
    Integer place = places.get(id);
    if (place == null) {
      throw new IllegalArgumentException("an answer names a category that the taxonomy lacks");
    }
    return place;
  }

  int[] truth() {
    return truth;
  }

  int[] predicted() {
    return predicted;
  }

  /** Returns the true categories in the answer. */
  int[] correct() {
    return correct;
  }

  /** Returns whether a category is true and in the answer. */
  boolean isCorrect(int category) {
    return contains(correct, category);
  }

  /** Returns whether a category is true. */
  boolean isTrue(int category) {
    return contains(truth, category);
  }

  /** Returns whether the answer has exactly the true categories. */
  boolean isExact() {
    return correct.length == truth.length && correct.length == predicted.length;
  }

  private static boolean contains(int[] categories, int category) {
    for (int each : categories) {
      if (each == category) {
        return true;
      }
    }
    return false;
  }
}
