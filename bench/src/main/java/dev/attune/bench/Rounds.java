package dev.attune.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The measurements of one size: prepare and limit program, in turn. */
final class Rounds {
  private final int records;
  private final long bytes;
  private final List<Measured> prepare = new ArrayList<>();
  private final List<Measured> limit = new ArrayList<>();

  Rounds(int records, long bytes) {
    this.records = records;
    this.bytes = bytes;
  }

  void add(Measured prepared, Measured limited) {
    prepare.add(prepared);
    limit.add(limited);
  }

  /** The head of the table. */
  static String head() {
    return """
    | records | MB | rounds | prepare s | CPU s | records/s | MB/s | peak MB | limit s | CPU s | peak MB | ratio | of CPU |
    |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
    """;
  }

  /** A line of the table, its seconds the medians, and in brackets the best. */
  String row() {
    double prepared = median(prepare, Measured::seconds);
    double limited = median(limit, Measured::seconds);
    double preparedCpu = median(prepare, Measured::cpuSeconds);
    double limitedCpu = median(limit, Measured::cpuSeconds);
    return String.format(
        Locale.ROOT,
        "| %,d | %d | %d | %.1f (%.1f) | %.1f | %,d | %.1f | %,d | %.1f (%.1f) | %.1f | %,d | %.2f"
            + " | %.2f |%n",
        records,
        bytes / 1_000_000,
        prepare.size(),
        prepared,
        best(prepare),
        preparedCpu,
        Math.round(records / prepared),
        bytes / 1e6 / prepared,
        peak(prepare),
        limited,
        best(limit),
        limitedCpu,
        peak(limit),
        prepared / limited,
        preparedCpu / limitedCpu);
  }

  private static double median(List<Measured> rounds, ToDoubleFunction<Measured> figure) {
    List<Double> seconds = new ArrayList<>();
    rounds.forEach(round -> seconds.add(figure.applyAsDouble(round)));
    seconds.sort(Comparator.naturalOrder());
    int middle = seconds.size() / 2;
    return seconds.size() % 2 == 1
        ? seconds.get(middle)
        : (seconds.get(middle - 1) + seconds.get(middle)) / 2;
  }

  private static double best(List<Measured> rounds) {
    return rounds.stream().mapToDouble(Measured::seconds).min().orElseThrow();
  }

  private static long peak(List<Measured> rounds) {
    return rounds.stream().mapToLong(Measured::peakMegabytes).max().orElseThrow();
  }
}
