package dev.attune.launcher.evaluation.report;

import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Comparison;
import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.launcher.evaluation.figures.Figures;
import dev.attune.launcher.evaluation.report.EvaluationReport.Rival;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows beyond the report itself.
 *
 * @param metrics the figures over all categories, one row each
 * @param categories one row each
 * @param mistakes the most frequent ones
 */
record EvaluationView(
    List<Metric> metrics, List<CategoryRow> categories, List<Mistake> mistakes, Matrix matrix) {
  private static final int MOST_MISTAKES = 15;

  /**
   * A figure of the model and of its rivals.
   *
   * @param gains over each rival; empty where there is none to speak of
   */
  record Metric(String name, Estimate own, List<Estimate> others, List<Estimate> gains) {}

  /**
   * A category.
   *
   * @param gains of recall over each rival; null where the category is never true
   */
  record CategoryRow(String id, String name, CategoryFigures figures, List<Gain> gains) {}

  /** How much one figure rose or fell, or null. */
  record Gain(@Nullable Double value) {}

  /** A category that was taken for another. */
  record Mistake(String truth, String predicted, int count, double share) {}

  static EvaluationView of(EvaluationReport report) {
    return new EvaluationView(
        metrics(report),
        report.model().figures().categories().stream()
            .filter(CategoryFigures::isSeen)
            .map(category -> row(category, report))
            .toList(),
        mistakes(report),
        Matrix.of(report));
  }

  private static List<Metric> metrics(EvaluationReport report) {
    return List.of(
        metric(report, "Macro F1", Figures::macroF1, Comparison::macroF1),
        metric(report, "Micro F1", Figures::microF1, Comparison::microF1),
        metric(report, "Accuracy", Figures::accuracy, Comparison::accuracy),
        new Metric(
            "Invalid answers",
            report.model().figures().invalidShare(),
            report.rivals().stream().map(r -> r.measured().figures().invalidShare()).toList(),
            List.of()));
  }

  private static Metric metric(
      EvaluationReport report,
      String name,
      Function<Figures, Estimate> figure,
      Function<Comparison, Estimate> gain) {
    return new Metric(
        name,
        figure.apply(report.model().figures()),
        report.rivals().stream().map(r -> figure.apply(r.measured().figures())).toList(),
        report.rivals().stream().map(Rival::gain).map(gain).toList());
  }

  private static CategoryRow row(CategoryFigures category, EvaluationReport report) {
    return new CategoryRow(
        category.id(),
        name(report, category.id()),
        category,
        report.rivals().stream()
            .map(rival -> new Gain(rival.gain().recall().get(category.id())))
            .toList());
  }

  private static List<Mistake> mistakes(EvaluationReport report) {
    Figures figures = report.model().figures();
    return figures.confusion().mostFrequentMistakes(MOST_MISTAKES).stream()
        .map(cell -> mistake(report, figures, cell))
        .toList();
  }

  private static Mistake mistake(EvaluationReport report, Figures figures, Cell cell) {
    int support = figures.category(cell.truth()).map(CategoryFigures::support).orElse(1);
    return new Mistake(
        name(report, cell.truth()),
        name(report, cell.predicted()),
        cell.count(),
        (double) cell.count() / support);
  }

  private static String name(EvaluationReport report, String id) {
    return report.names().getOrDefault(id, id);
  }
}
