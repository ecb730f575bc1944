package dev.attune.launcher.evaluation.figures;

import java.util.List;
import java.util.Map;

/** A judged answer with categories by their places: what is counted thousands of times over. */
final class Placed {
  private final int[] truth;
  private final int[] predicted;
  private final int[] correct;

  private Placed(int[] truth, int[] predicted, int[] correct) {
    this.truth = truth;
    this.predicted = predicted;
    this.correct = correct;
  }

  static Placed of(Judged answer, Map<String, Integer> places) {
    return new Placed(
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
      throw new IllegalArgumentException("an answer was recognised as a category that is none");
    }
    return place;
  }

  int[] truth() {
    return truth;
  }

  int[] predicted() {
    return predicted;
  }

  int[] correct() {
    return correct;
  }

  /** Whether the category, which must be true, was given. */
  boolean isCorrect(int category) {
    for (int given : correct) {
      if (given == category) {
        return true;
      }
    }
    return false;
  }

  boolean isExact() {
    return correct.length == truth.length && correct.length == predicted.length;
  }
}
