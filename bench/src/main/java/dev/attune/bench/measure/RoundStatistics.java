package dev.attune.bench.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Statistics of all rounds of one program on one input. */
final class RoundStatistics {
  private final List<BenchRound> rounds;

  /**
   * Creates the statistics.
   *
   * @param rounds at least one round
   */
  RoundStatistics(List<BenchRound> rounds) {
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

  /** Returns the heap size of the last round. */
  String heap() {
    return rounds.get(rounds.size() - 1).heap();
  }

  /** Returns the median; of an even number of rounds, the mean of the two middle ones. */
  double median(ToDoubleFunction<BenchRound> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double best() {
    return rounds.stream().mapToDouble(BenchRound::seconds).min().orElseThrow();
  }

  long peak() {
    return rounds.stream().mapToLong(BenchRound::peakMegabytes).max().orElseThrow();
  }
}
