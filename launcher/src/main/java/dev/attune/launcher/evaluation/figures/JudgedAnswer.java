package dev.attune.launcher.evaluation.figures;

import java.util.List;

/**
 * The categories of an answer and of its example.
 *
 * @param truth categories of the example, without duplicates; at least one
 * @param predicted categories of the answer, without duplicates; empty if it is invalid
 */
public record JudgedAnswer(List<String> truth, List<String> predicted) {
  public JudgedAnswer {
    truth = List.copyOf(truth);
    predicted = List.copyOf(predicted);
    if (truth.isEmpty()) {
      throw new IllegalArgumentException("an example has at least one category");
    }
  }

  /** Returns whether the answer is invalid. */
  public boolean isInvalid() {
    return predicted.isEmpty();
  }
}
