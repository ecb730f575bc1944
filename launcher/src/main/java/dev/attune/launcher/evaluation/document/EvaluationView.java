package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Comparison;
import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import dev.attune.page.FigureText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The view model of evaluation.html.
 *
 * @param metrics figures over all categories
 * @param rivals the other models, the champion first
 * @param categories the lowest F1 first
 * @param mistakes the most frequent mistakes
 * @param kindsOfMistakes number of different mistakes
 */
record EvaluationView(
    EvaluationHeadline headline,
    List<Metric> metrics,
    List<RivalColumn> rivals,
    List<CategoryRow> categories,
    List<Mistake> mistakes,
    int kindsOfMistakes,
    MatrixSelection matrix) {
  private static final int MOST_MISTAKES = 15;

  /**
   * A figure of all models.
   *
   * @param gains gains over the rivals in their order; null if not measured
   */
  record Metric(String name, List<Entry> entries, List<@Nullable Estimate> gains) {
    Metric {
      gains = Collections.unmodifiableList(new ArrayList<>(gains));
    }
  }

  /** A figure of one model. */
  record Entry(Measured measured, Estimate figure) {}

  /**
   * A rival and the scales of the gains over it.
   *
   * @param metrics scale of the figures over all categories
   * @param recalls scale of the recall by category
   */
  record RivalColumn(Rival rival, IntervalScale metrics, IntervalScale recalls) {
    String key() {
      return rival.measured().role().key();
    }
  }

  /**
   * A category.
   *
   * @param gains gains of recall over the rivals in their order
   */
  record CategoryRow(String id, String name, CategoryFigures figures, List<RecallGain> gains) {
    CategoryRow {
      gains = List.copyOf(gains);
    }

    /** Returns whether the category has too few examples for reliable figures. */
    boolean isSmall() {
      return figures.support() < ConfusionMatrix.LEAST_SUPPORT;
    }
  }

  /**
   * The gain of recall of a category.
   *
   * @param value null if the category is never true
   * @param estimate the gain with its interval; null if the category has too few examples
   */
  record RecallGain(@Nullable Double value, @Nullable Estimate estimate) {
    String text() {
      if (estimate != null) {
        return IntervalText.gain(estimate);
      }
      return value == null ? FigureText.NONE : FigureText.gain(value);
    }
  }

  /** A category that was taken for another. */
  record Mistake(String truth, String predicted, int count, int support) {}

  static EvaluationView of(EvaluationReport report, EvaluationContext setting) {
    List<Rival> rivals =
        Stream.of(ContestantRole.CHAMPION, ContestantRole.BASE)
            .flatMap(role -> report.rival(role).stream())
            .toList();
    ModelFigures figures = report.model().figures();
    List<Metric> metrics = metrics(report, rivals);
    List<CategoryRow> categories =
        figures.weakestFirst().stream().map(category -> row(category, report, rivals)).toList();
    List<RivalColumn> columns = new ArrayList<>();
    for (int i = 0; i < rivals.size(); i++) {
      int place = i;
      columns.add(
          new RivalColumn(
              rivals.get(i),
              IntervalScale.ofGains(metrics.stream().map(metric -> metric.gains.get(place))),
              IntervalScale.ofGains(
                  categories.stream().map(row -> row.gains.get(place).estimate))));
    }
    List<Cell> mistakes = figures.confusion().mostFrequentMistakes(Integer.MAX_VALUE);
    return new EvaluationView(
        EvaluationHeadline.of(report, setting),
        metrics,
        columns,
        categories,
        mistakes.stream().limit(MOST_MISTAKES).map(cell -> mistake(report, figures, cell)).toList(),
        mistakes.size(),
        MatrixSelection.of(report));
  }

  /** Returns the style of a gain, which depends on whether its interval contains 0. */
  static String tone(@Nullable Estimate gain) {
    if (gain == null || (gain.low() <= 0 && gain.high() >= 0)) {
      return "unclear";
    }
    return gain.low() > 0 ? "rose" : "fell";
  }

  private static List<Metric> metrics(EvaluationReport report, List<Rival> rivals) {
    return List.of(
        metric(report, rivals, "Macro F1", ModelFigures::macroF1, Comparison::macroF1),
        metric(report, rivals, "Micro F1", ModelFigures::microF1, Comparison::microF1),
        metric(report, rivals, "Accuracy", ModelFigures::accuracy, Comparison::accuracy),
        metric(report, rivals, "Invalid answers", ModelFigures::invalidShare, gain -> null));
  }

  private static Metric metric(
      EvaluationReport report,
      List<Rival> rivals,
      String name,
      Function<ModelFigures, Estimate> figure,
      Function<Comparison, @Nullable Estimate> gain) {
    List<@Nullable Estimate> gains = new ArrayList<>();
    rivals.forEach(rival -> gains.add(gain.apply(rival.gain())));
    return new Metric(
        name,
        Stream.concat(Stream.of(report.model()), rivals.stream().map(Rival::measured))
            .map(measured -> new Entry(measured, figure.apply(measured.figures())))
            .toList(),
        gains);
  }

  private static CategoryRow row(
      CategoryFigures category, EvaluationReport report, List<Rival> rivals) {
    List<RecallGain> gains = new ArrayList<>();
    for (Rival rival : rivals) {
      Comparison gain = rival.gain();
      gains.add(new RecallGain(gain.recall().get(category.id()), gain.recallGain(category)));
    }
    return new CategoryRow(category.id(), name(report, category.id()), category, gains);
  }

  private static Mistake mistake(EvaluationReport report, ModelFigures figures, Cell cell) {
    int support = figures.category(cell.truth()).map(CategoryFigures::support).orElse(1);
    return new Mistake(
        name(report, cell.truth()), name(report, cell.predicted()), cell.count(), support);
  }

  private static String name(EvaluationReport report, String id) {
    return report.names().getOrDefault(id, id);
  }
}
