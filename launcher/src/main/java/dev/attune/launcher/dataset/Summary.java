package dev.attune.launcher.dataset;

import dev.attune.launcher.console.Shell;
import dev.attune.page.FigureText;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.accounting.RunSummary.CarriedOver;
import dev.attune.pipeline.accounting.RunSummary.CategoryRow;
import dev.attune.pipeline.accounting.RunSummary.Counts;
import dev.attune.pipeline.accounting.RunSummary.RejectionRow;
import dev.attune.place.Place;
import dev.attune.schema.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Formats the result of a run for a terminal: counts of records, reasons of rejection with an
 * example's place, and the dataset's directory.
 */
public final class Summary {
  /** Largest number of categories to print; report.html shows all. */
  private static final int MOST_CATEGORIES = 20;

  /** Smallest number of records, and shortest run, for which a rate is printed. */
  private static final long FEWEST_FOR_RATE = 1_000;

  private static final Duration SHORTEST_FOR_RATE = Duration.ofSeconds(3);

  private static final String FEEDBACK = "feedback";
  private static final int LONGEST_ID = 80;

  /**
   * Limit of a place (path and line), longer than any path: its end, the line, is never cut off.
   */
  private static final int LONGEST_PLACE = 10_000;

  private final RunSummary run;
  private final Duration took;
  private final List<String> where;

  private Summary(RunSummary run, Duration took, List<String> where) {
    this.run = run;
    this.took = took;
    this.where = where;
  }

  static Summary of(PreparedDataset prepared, Shell shell) {
    Place directory = prepared.result().directory();
    List<String> where = new ArrayList<>();
    where.add("dataset  " + shell.show(directory));
    where.add("report   " + shell.show(directory.resolve("report.html")));
    if (prepared.result().unchanged()) {
      where.add("The same dataset stood there already: nothing was written.");
    }
    return new Summary(prepared.result().summary(), prepared.took(), where);
  }

  /** Returns the summary of a run that published nothing. */
  static Summary ofRefused(RunSummary run, Duration took) {
    return new Summary(run, took, List.of());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(sums(run, took));
    lines.addAll(block("rejected", rejections()));
    lines.addAll(block("redacted", redacted()));
    lines.addAll(block("examples by category", categories()));
    lines.addAll(block("notes", run.notes().stream().map(note -> "  " + note).toList()));
    if (!where.isEmpty()) {
      lines.add("");
      lines.addAll(where);
    }
    return lines;
  }

  private static List<String> block(String title, List<String> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> block = new ArrayList<>(List.of("", title));
    block.addAll(rows);
    return block;
  }

  /** Returns the lines with the numbers of records read, carried over, published and rejected. */
  public static List<String> sums(RunSummary run, Duration took) {
    Counts counts = run.counts();
    long read = counts.totalRead();
    String sources =
        counts.read().entrySet().stream()
            .map(source -> number(source.getValue()) + " " + source.getKey())
            .collect(Collectors.joining(" + "));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s records read in %s s%s"
            .formatted(run.dataset(), number(read), seconds(took), rate(read, took)));
    lines.add("  = " + sources);
    CarriedOver carried = counts.carried();
    lines.add(
        "  = %s training + %s validation + %s rejected%s"
            .formatted(
                number(counts.training()),
                number(counts.validation()),
                number(counts.rejected()),
                carried == null ? "" : readAgain(run, carried)));
    if (carried != null) {
      lines.add(
          "  + %s training + %s validation carried over from run %s"
              .formatted(
                  number(carried.training()), number(carried.validation()), carried.runId()));
    }
    return lines;
  }

  /** Names the rejected records that are examples of the previous dataset. */
  private static String readAgain(RunSummary run, CarriedOver carried) {
    return run.readAgain() == 0
        ? ""
        : " (up to %s of them are examples of run %s, read again)"
            .formatted(number(run.readAgain()), carried.runId());
  }

  private static String rate(long read, Duration took) {
    return read < FEWEST_FOR_RATE || took.compareTo(SHORTEST_FOR_RATE) < 0
        ? ""
        : ", " + number(perSecond(read, took)) + " a second";
  }

  private List<String> rejections() {
    List<RejectionRow> rows = run.rejections();
    int source = width(rows.stream().map(RejectionRow::source).toList());
    int reason = width(rows.stream().map(row -> row.reason().name()).toList());
    int count = width(rows.stream().map(row -> number(row.count())).toList());
    String form = "  %-" + source + "s  %-" + reason + "s  %" + count + "s  e.g. %s";
    return rows.stream()
        .map(row -> form.formatted(row.source(), row.reason(), number(row.count()), place(row)))
        .toList();
  }

  /** The kinds that were found, in one line. */
  private List<String> redacted() {
    String kinds =
        run.redacted().entrySet().stream()
            .filter(kind -> kind.getValue() > 0)
            .map(kind -> number(kind.getValue()) + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    return kinds.isEmpty() ? List.of() : List.of("  " + kinds + " in the texts read");
  }

  /** An id from a database can hold anything, and a terminal obeys it. */
  private static String place(RejectionRow row) {
    boolean isFile = !row.source().equals(FEEDBACK);
    return Printable.shortened(row.place(), isFile ? LONGEST_PLACE : LONGEST_ID);
  }

  private List<String> categories() {
    List<CategoryRow> all = run.categories();
    if (all.isEmpty()) {
      return List.of();
    }
    List<CategoryRow> shown = all.subList(0, Math.min(MOST_CATEGORIES, all.size()));
    int id = Math.max(width(shown.stream().map(CategoryRow::id).toList()), "category".length());
    String form = "  %-" + id + "s  %8s  %10s";
    List<String> rows = new ArrayList<>();
    rows.add(form.formatted("category", "training", "validation"));
    shown.forEach(
        row ->
            rows.add(form.formatted(row.id(), number(row.training()), number(row.validation()))));
    if (all.size() > shown.size()) {
      rows.add("  … and " + (all.size() - shown.size()) + " more in report.html");
    }
    return rows;
  }

  static long perSecond(long read, Duration took) {
    return Math.round(read * 1000.0 / Math.max(1, took.toMillis()));
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0);
  }

  private static String number(long value) {
    return FigureText.count(value);
  }
}
