package dev.attune.launcher.cli;

import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TextTable;
import dev.attune.launcher.evaluation.EvaluationResult;
import dev.attune.launcher.evaluation.document.EvaluationReport;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.document.IntervalText;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Comparison;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** Prints an evaluation for the user: figures, gains and the weakest categories. */
public record EvaluateText(Shell shell) {
  /** evaluation.html shows the others. */
  private static final int MOST_CATEGORIES = 10;

  public List<String> lines(EvaluationResult evaluated) {
    EvaluationReport report = evaluated.report();
    Title title = report.title();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s on %,d %s examples of %s, run %s",
            report.model().id(),
            title.examples(),
            title.split(),
            title.dataset(),
            title.runId()));
    lines.addAll(block("figures, with 95% intervals", figures(report)));
    lines.addAll(block("gains on the same examples, with 95% intervals", gains(report)));
    lines.addAll(block("categories, the lowest F1 first", categories(report)));
    lines.addAll(block("notes", report.notes().stream().map(note -> "  " + note).toList()));
    lines.add("");
    lines.add("report  " + shell.show(evaluated.files().page()));
    lines.add("figures " + shell.show(evaluated.files().json()));
    return lines;
  }

  private static List<String> block(String title, List<String> rows) {
    return rows.isEmpty() ? List.of() : Stream.concat(Stream.of("", title), rows.stream()).toList();
  }

  private static List<String> figures(EvaluationReport report) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", "model " + report.model().id()));
    List<ModelFigures> columns = new ArrayList<>(List.of(report.model().figures()));
    for (Rival rival : report.rivals()) {
      head.add(rival.measured().role().key() + " " + rival.measured().id());
      columns.add(rival.measured().figures());
    }
    rows.add(head);
    rows.add(row("macro F1", columns, figures -> IntervalText.share(figures.macroF1())));
    rows.add(row("micro F1", columns, figures -> IntervalText.share(figures.microF1())));
    rows.add(row("accuracy", columns, figures -> IntervalText.share(figures.accuracy())));
    rows.add(
        row("invalid answers", columns, figures -> IntervalText.share(figures.invalidShare())));
    return table(rows);
  }

  private static List<String> gains(EvaluationReport report) {
    if (report.rivals().isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(""));
    report.rivals().forEach(rival -> head.add("over the " + rival.measured().role().key()));
    rows.add(head);
    List<Comparison> columns = report.rivals().stream().map(Rival::gain).toList();
    rows.add(row("macro F1", columns, gain -> IntervalText.gain(gain.macroF1())));
    rows.add(row("micro F1", columns, gain -> IntervalText.gain(gain.microF1())));
    rows.add(row("accuracy", columns, gain -> IntervalText.gain(gain.accuracy())));
    return table(rows);
  }

  private static List<String> categories(EvaluationReport report) {
    List<CategoryFigures> seen = report.model().figures().weakestFirst();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("category", "support", "precision", "recall", "F1"));
    seen.stream()
        .limit(MOST_CATEGORIES)
        .forEach(
            category ->
                rows.add(
                    List.of(
                        category.id(),
                        FigureText.count(category.support()),
                        IntervalText.value(category.precision()),
                        IntervalText.share(category.recall()),
                        IntervalText.share(category.f1()))));
    List<String> lines = new ArrayList<>(table(rows));
    if (seen.size() > MOST_CATEGORIES) {
      lines.add("  … and " + (seen.size() - MOST_CATEGORIES) + " more in evaluation.html");
    }
    return lines;
  }

  private static <T> List<String> row(String name, List<T> columns, Function<T, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    columns.forEach(column -> row.add(cell.apply(column)));
    return row;
  }

  private static List<String> table(List<List<String>> rows) {
    return TextTable.lines(rows).stream().map(line -> "  " + line).toList();
  }
}
