package dev.attune.launcher.evaluation.figures;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a model. Shares are between 0 and 1.
 *
 * @param examples number of examples
 * @param accuracy share of answers with exactly the true categories; Wilson interval
 * @param macroF1 mean of the categories' F1 over those that are true in at least one example;
 *     jackknife interval
 * @param microF1 F1 over all decisions, example by category; jackknife interval
 * @param invalidShare share of answers that are not only categories; Wilson interval. They count as
 *     wrong and predict nothing
 * @param categories every category of the taxonomy, in its order
 */
public record ModelFigures(
    int examples,
    Estimate accuracy,
    Estimate macroF1,
    Estimate microF1,
    Estimate invalidShare,
    List<CategoryFigures> categories,
    Confusion confusion) {
  public ModelFigures {
    categories = List.copyOf(categories);
  }

  /**
   * Returns the categories that occur in examples or answers, the lowest F1 first and equal ones in
   * the order of the taxonomy.
   */
  public List<CategoryFigures> weakestFirst() {
    return categories.stream()
        .filter(CategoryFigures::isSeen)
        .sorted(Comparator.comparingDouble(ModelFigures::f1))
        .toList();
  }

  private static double f1(CategoryFigures category) {
    Estimate f1 = category.f1();
    return f1 == null ? 1 : f1.value();
  }

  /** Returns the figures of a category. */
  public Optional<CategoryFigures> category(String id) {
    return categories.stream().filter(category -> category.id().equals(id)).findFirst();
  }
}
