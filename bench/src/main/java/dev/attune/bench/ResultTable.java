package dev.attune.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats results as a Markdown table: a row for each runner and input, with the limit. */
final class ResultTable {
  private static final Comparator<Input> IN_ORDER =
      Comparator.comparing(Input::near)
          .thenComparing(Input::feedback)
          .thenComparing(Input::records);

  private final Results results;

  ResultTable(Results results) {
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
    for (Program runner : List.of(Program.DIRECT, Program.FLINK)) {
      for (Input input : inputs()) {
        List<Measurement> prepared = results.of(runner, input);
        if (!prepared.isEmpty()) {
          table.append(row(runner, input, new Figures(prepared)));
        }
      }
    }
    return table.append('\n').append(madeWith()).toString();
  }

  private List<Input> inputs() {
    return results.all().stream().map(Measurement::input).distinct().sorted(IN_ORDER).toList();
  }

  /** Returns a row; seconds are medians, with the best in brackets. */
  private String row(Program runner, Input input, Figures prepared) {
    double seconds = prepared.median(Measurement::seconds);
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
            prepared.median(Measurement::cpuSeconds),
            Math.round(input.records() / seconds),
            prepared.bytes() / 1e6 / seconds,
            prepared.peak(),
            prepared.heap());
    List<Measurement> limited = results.of(Program.LIMIT, input);
    return ofPrepare
        + (limited.isEmpty() ? "| | | | | |" : ofLimit(prepared, new Figures(limited)))
        + "\n";
  }

  private static String ofLimit(Figures prepared, Figures limited) {
    double seconds = limited.median(Measurement::seconds);
    double cpuSeconds = limited.median(Measurement::cpuSeconds);
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f) | %.1f | %,d | %s | %.2f | %.2f |",
        seconds,
        limited.best(),
        cpuSeconds,
        limited.peak(),
        limited.heap(),
        prepared.median(Measurement::seconds) / seconds,
        prepared.median(Measurement::cpuSeconds) / cpuSeconds);
  }

  private String madeWith() {
    return results.all().stream()
        .map(made -> made.machine() + (made.code().isEmpty() ? "" : "; commit " + made.code()))
        .distinct()
        .map(line -> "Made with: " + line + ".\n")
        .collect(Collectors.joining());
  }
}
