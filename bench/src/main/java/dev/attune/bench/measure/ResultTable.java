package dev.attune.bench.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats results as a Markdown table: a row for each runner and input, with the limit. */
final class ResultTable {
  private static final Comparator<BenchInput> IN_ORDER =
      Comparator.comparing(BenchInput::near)
          .thenComparing(BenchInput::feedback)
          .thenComparing(BenchInput::records);

  private final RoundsFile results;

  ResultTable(RoundsFile results) {
    this.results = results;
  }

  /** Returns the table, followed by a line that describes the machine. */
  String markdown() {
    StringBuilder table =
        new StringBuilder(
            """
            | runner | near | records | MB | rounds | prepare s | CPU s | records/s | MB/s | peak MB | heap | limit s | CPU s | peak MB | heap | ratio | of CPU |
            |---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
    for (BenchProgram runner :
        List.of(BenchProgram.LOCAL, BenchProgram.DIRECT, BenchProgram.FLINK)) {
      for (BenchInput input : inputs()) {
        List<BenchRound> prepared = results.of(runner, input);
        if (!prepared.isEmpty()) {
          table.append(row(runner, input, new RoundStatistics(prepared)));
        }
      }
    }
    return table.append('\n').append(madeWith()).toString();
  }

  private List<BenchInput> inputs() {
    return results.all().stream().map(BenchRound::input).distinct().sorted(IN_ORDER).toList();
  }

  /** Returns a row; seconds are medians, with the best in brackets. */
  private String row(BenchProgram runner, BenchInput input, RoundStatistics prepared) {
    double seconds = prepared.median(BenchRound::seconds);
    String ofPrepare =
        String.format(
            Locale.ROOT,
            "| %s | %s | %,d%s | %,d | %d | %.1f (%.1f) | %.1f | %,d | %.1f | %,d | %s | ",
            runner.key(),
            input.near() ? "yes" : "no",
            input.records(),
            input.feedback() ? " (feedback)" : "",
            prepared.bytes() / 1_000_000,
            prepared.rounds(),
            seconds,
            prepared.best(),
            prepared.median(BenchRound::cpuSeconds),
            Math.round(input.records() / seconds),
            prepared.bytes() / 1e6 / seconds,
            prepared.peak(),
            prepared.heap());
    List<BenchRound> limited = results.of(BenchProgram.LIMIT, input);
    return ofPrepare
        + (limited.isEmpty() ? "| | | | | |" : ofLimit(prepared, new RoundStatistics(limited)))
        + "\n";
  }

  private static String ofLimit(RoundStatistics prepared, RoundStatistics limited) {
    double seconds = limited.median(BenchRound::seconds);
    double cpuSeconds = limited.median(BenchRound::cpuSeconds);
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f) | %.1f | %,d | %s | %.2f | %.2f |",
        seconds,
        limited.best(),
        cpuSeconds,
        limited.peak(),
        limited.heap(),
        prepared.median(BenchRound::seconds) / seconds,
        prepared.median(BenchRound::cpuSeconds) / cpuSeconds);
  }

  private String madeWith() {
    return results.all().stream()
        .map(made -> made.machine() + (made.code().isEmpty() ? "" : "; commit " + made.code()))
        .distinct()
        .map(line -> "Measured on: " + line + ".\n")
        .collect(Collectors.joining());
  }
}
