package dev.attune.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

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
    | records | MB | rounds | prepare s | records/s | MB/s | peak MB | limit s | peak MB | ratio |
    |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
    """;
  }

  /** A line of the table, its seconds the medians, and in brackets the best. */
  String row() {
    double prepared = median(prepare);
    double limited = median(limit);
    return String.format(
        Locale.ROOT,
        "| %,d | %d | %d | %.1f (%.1f) | %,d | %.1f | %,d | %.1f (%.1f) | %,d | %.2f |%n",
        records,
        bytes / 1_000_000,
        prepare.size(),
        prepared,
        best(prepare),
        Math.round(records / prepared),
        bytes / 1e6 / prepared,
        peak(prepare),
        limited,
        best(limit),
        peak(limit),
        prepared / limited);
  }

  private static double median(List<Measured> rounds) {
    List<Double> seconds = new ArrayList<>(rounds.stream().map(Measured::seconds).toList());
    Collections.sort(seconds);
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
