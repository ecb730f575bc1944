package dev.attune.launcher.evaluation.figures;

import java.util.List;

/**
 * One answer beside what is true.
 *
 * @param truth the example's categories, each once; at least one
 * @param predicted the answer's categories, each once; empty where the answer is invalid
 */
public record JudgedAnswer(List<String> truth, List<String> predicted) {
  public JudgedAnswer {
    truth = List.copyOf(truth);
    predicted = List.copyOf(predicted);
    if (truth.isEmpty()) {
      throw new IllegalArgumentException("an example has at least one category");
    }
  }

  /** Whether the answer is something else than categories. */
  public boolean isInvalid() {
    return predicted.isEmpty();
  }
}
