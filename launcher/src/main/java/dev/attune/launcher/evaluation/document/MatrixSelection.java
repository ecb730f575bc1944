package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.document.ConfusionMatrix.Kind;
import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Confusion;
import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The confusion matrices of the page.
 *
 * @param first shown initially: all categories, or those of the most frequent mistakes
 * @param whole shown on demand; null if the first has all categories
 * @param seen number of categories with counts
 */
record MatrixSelection(ConfusionMatrix first, @Nullable ConfusionMatrix whole, int seen) {
  /** More categories do not fit the width of the page. */
  static final int MOST_AT_FIRST = 24;

  /** More categories make the page scroll slowly. */
  static final int MOST_CATEGORIES = 120;

  static MatrixSelection of(EvaluationReport report) {
    ModelFigures figures = report.model().figures();
    Confusion confusion = figures.confusion();
    List<CategoryFigures> seen =
        figures.categories().stream().filter(CategoryFigures::isSeen).toList();
    if (seen.size() <= MOST_AT_FIRST) {
      ConfusionMatrix all = ConfusionMatrix.of(report, SimilarityOrder.of(seen, confusion));
      return new MatrixSelection(all, null, seen.size());
    }
    List<CategoryFigures> worst = mostMistaken(seen, MOST_CATEGORIES);
    return new MatrixSelection(
        ConfusionMatrix.of(report, SimilarityOrder.of(mostConfused(seen, confusion), confusion)),
        ConfusionMatrix.of(report, SimilarityOrder.of(worst, confusion)),
        seen.size());
  }

  /** Returns whether a square counts answers with too few or too many categories. */
  boolean showsMissingOrExtra() {
    return Stream.of(Optional.of(first), Optional.ofNullable(whole))
        .flatMap(Optional::stream)
        .anyMatch(matrix -> matrix.has(Kind.MISSING) || matrix.has(Kind.EXTRA));
  }

  /** Returns the categories of the most frequent mistakes. */
  private static List<CategoryFigures> mostConfused(
      List<CategoryFigures> seen, Confusion confusion) {
    Set<String> chosen = new LinkedHashSet<>();
    for (Cell mistake : confusion.mostFrequentMistakes(Integer.MAX_VALUE)) {
      Set<String> both = new LinkedHashSet<>(List.of(mistake.truth(), mistake.predicted()));
      both.removeAll(chosen);
      if (chosen.size() + both.size() <= MOST_AT_FIRST) {
        chosen.addAll(both);
      }
    }
    List<CategoryFigures> confused =
        seen.stream().filter(category -> chosen.contains(category.id())).toList();
    return confused.isEmpty() ? mostMistaken(seen, MOST_AT_FIRST) : confused;
  }

  private static List<CategoryFigures> mostMistaken(List<CategoryFigures> seen, int most) {
    return seen.stream()
        .sorted(
            Comparator.comparingInt(MatrixSelection::mistakes)
                .reversed()
                .thenComparing(Comparator.comparingInt(CategoryFigures::support).reversed()))
        .limit(most)
        .toList();
  }

  private static int mistakes(CategoryFigures category) {
    return category.support() + category.predicted() - 2 * category.correct();
  }
}
