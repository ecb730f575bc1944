package dev.attune.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** What all rounds of one program on one input come to. */
final class Figures {
  private final List<Measurement> rounds;

  /**
   * Of rounds.
   *
   * @param rounds at least one
   */
  Figures(List<Measurement> rounds) {
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no round was measured");
    }
    this.rounds = List.copyOf(rounds);
  }

  int rounds() {
    return rounds.size();
  }

  long bytes() {
    return rounds.get(0).bytes();
  }

  /** That of the last round. */
  String heap() {
    return rounds.get(rounds.size() - 1).heap();
  }

  /** In the middle of all rounds; of an even number, between the two in the middle. */
  double median(ToDoubleFunction<Measurement> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double best() {
    return rounds.stream().mapToDouble(Measurement::seconds).min().orElseThrow();
  }

  long peak() {
    return rounds.stream().mapToLong(Measurement::peakMegabytes).max().orElseThrow();
  }
}
