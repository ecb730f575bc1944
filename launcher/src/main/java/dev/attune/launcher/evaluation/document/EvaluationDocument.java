package dev.attune.launcher.evaluation.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.launcher.console.JsonDocument;
import dev.attune.launcher.evaluation.document.EvaluationReport.Measured;
import dev.attune.launcher.evaluation.document.EvaluationReport.Rival;
import dev.attune.launcher.evaluation.document.EvaluationReport.Title;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Comparison;
import dev.attune.launcher.evaluation.figures.Confusion;
import dev.attune.launcher.evaluation.figures.Estimate;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import dev.attune.launcher.promotion.gate.PairCounts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** evaluation.json: the document of evaluation.schema.json. */
public final class EvaluationDocument {
  /** Decimal places, far finer than any interval is wide. */
  private static final int PLACES = 6;

  private EvaluationDocument() {}

  /** Returns the document as {@link JsonDocument#text} writes it. */
  public static String of(EvaluationReport report) {
    Title title = report.title();
    ObjectNode document =
        JsonDocument.object()
            .put("schemaVersion", 2)
            .put("dataset", title.dataset())
            .put("runId", title.runId())
            .put("fingerprint", title.fingerprint())
            .put("split", title.split())
            .put("examples", title.examples())
            .put("unfair", title.unfair())
            .putPOJO("model", Model.of(report.model()))
            .putPOJO(
                "base", rival(report, ContestantRole.BASE, rival -> Model.of(rival.measured())))
            .putPOJO(
                "champion",
                rival(report, ContestantRole.CHAMPION, rival -> Model.of(rival.measured())))
            .putPOJO(
                "gain",
                new Gains(
                    rival(report, ContestantRole.BASE, rival -> Gain.of(rival.gain())),
                    rival(report, ContestantRole.CHAMPION, rival -> Gain.of(rival.gain()))))
            .putPOJO("notes", report.notes());
    return JsonDocument.text(document);
  }

  private static <T> @Nullable T rival(
      EvaluationReport report, ContestantRole role, Function<Rival, T> member) {
    return report.rival(role).map(member).orElse(null);
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_EVEN);
  }

  private record Interval(BigDecimal value, BigDecimal low, BigDecimal high) {
    static @Nullable Interval of(@Nullable Estimate estimate) {
      return estimate == null
          ? null
          : new Interval(
              rounded(estimate.value()), rounded(estimate.low()), rounded(estimate.high()));
    }
  }

  private record Model(
      String id,
      String name,
      @Nullable Interval accuracy,
      @Nullable Interval macroF1,
      @Nullable Interval microF1,
      @Nullable Interval invalidShare,
      Map<String, Integer> failed,
      Map<String, Category> categories,
      Mistakes confusion) {
    static Model of(Measured measured) {
      ModelFigures figures = measured.figures();
      Map<String, Category> categories = new LinkedHashMap<>();
      figures.categories().stream()
          .filter(CategoryFigures::isSeen)
          .forEach(category -> categories.put(category.id(), Category.of(category)));
      return new Model(
          measured.id(),
          measured.name(),
          Interval.of(figures.accuracy()),
          Interval.of(figures.macroF1()),
          Interval.of(figures.microF1()),
          Interval.of(figures.invalidShare()),
          measured.failed(),
          categories,
          Mistakes.of(figures));
    }
  }

  private record Category(
      int support,
      int predicted,
      int correct,
      @Nullable Interval precision,
      @Nullable Interval recall,
      @Nullable Interval f1) {
    static Category of(CategoryFigures figures) {
      return new Category(
          figures.support(),
          figures.predicted(),
          figures.correct(),
          Interval.of(figures.precision()),
          Interval.of(figures.recall()),
          Interval.of(figures.f1()));
    }
  }

  private record Mistakes(
      List<Cell> cells,
      Map<String, Integer> missing,
      Map<String, Integer> invalid,
      Map<String, Integer> extra) {
    private record Cell(String category, String predicted, int count) {}

    static Mistakes of(ModelFigures figures) {
      Confusion confusion = figures.confusion();
      return new Mistakes(
          confusion.cells().stream()
              .map(cell -> new Cell(cell.truth(), cell.predicted(), cell.count()))
              .toList(),
          ordered(figures, confusion.missing()),
          ordered(figures, confusion.invalid()),
          ordered(figures, confusion.extra()));
    }

    /** Returns counts in the order of the taxonomy. */
    private static Map<String, Integer> ordered(ModelFigures figures, Map<String, Integer> counts) {
      Map<String, Integer> ordered = new LinkedHashMap<>();
      figures.categories().forEach(c -> ordered.computeIfAbsent(c.id(), counts::get));
      return ordered;
    }
  }

  private record Gains(@Nullable Gain base, @Nullable Gain champion) {}

  private record Gain(
      @Nullable Interval accuracy,
      @Nullable Interval macroF1,
      @Nullable Interval microF1,
      Map<String, BigDecimal> recall,
      PairCounts answers,
      Map<String, PairCounts> categories) {
    static Gain of(Comparison gain) {
      Map<String, BigDecimal> recall = new LinkedHashMap<>();
      gain.recall().forEach((id, value) -> recall.put(id, rounded(value)));
      return new Gain(
          Interval.of(gain.accuracy()),
          Interval.of(gain.macroF1()),
          Interval.of(gain.microF1()),
          recall,
          gain.answers(),
          gain.categories());
    }
  }
}
