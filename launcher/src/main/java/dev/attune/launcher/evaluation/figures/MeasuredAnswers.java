package dev.attune.launcher.evaluation.figures;

import dev.attune.launcher.promotion.gate.PairCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The counted answers of a model. The same answers give the same figures. */
public final class MeasuredAnswers {
  private final List<String> categories;
  private final List<List<String>> truths;
  private final ScoredAnswers scored;
  private final ModelFigures figures;

  private MeasuredAnswers(List<String> categories, List<JudgedAnswer> answers) {
    Map<String, Integer> places = new LinkedHashMap<>();
    categories.forEach(id -> places.put(id, places.size()));
    this.categories = List.copyOf(categories);
    this.truths = answers.stream().map(JudgedAnswer::truth).toList();
    this.scored =
        new ScoredAnswers(
            categories.size(),
            answers.stream().map(answer -> IndexedAnswer.of(answer, places)).toList());
    this.figures = figures(Confusion.of(categories, answers));
  }

  /**
   * Counts answers.
   *
   * @param categories all categories in their order
   * @param answers an answer for each example; at least one
   * @throws IllegalArgumentException if there is no answer, or one has an unknown category
   */
  public static MeasuredAnswers of(List<String> categories, List<JudgedAnswer> answers) {
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("nothing was answered");
    }
    return new MeasuredAnswers(categories, answers);
  }

  public ModelFigures figures() {
    return figures;
  }

  /**
   * Returns the gain of this model over another one.
   *
   * @throws IllegalArgumentException if the other model was asked other examples
   */
  public Comparison against(MeasuredAnswers other) {
    if (!truths.equals(other.truths) || !categories.equals(other.categories)) {
      throw new IllegalArgumentException("only answers to the same examples can be compared");
    }
    Map<String, Double> recall = new LinkedHashMap<>();
    Map<String, PairCounts> pairs = new LinkedHashMap<>();
    PairCounts[] byPlace = scored.discordantCategories(other.scored, categories.size());
    for (int i = 0; i < categories.size(); i++) {
      int support = scored.counts().support(i);
      if (support > 0) {
        recall.put(
            categories.get(i), (double) (byPlace[i].better() - byPlace[i].worse()) / support);
        pairs.put(categories.get(i), byPlace[i]);
      }
    }
    return new Comparison(
        scored.accuracyGain(other.scored),
        scored.macroF1Gain(other.scored),
        scored.microF1Gain(other.scored),
        scored.discordantAnswers(other.scored),
        recall,
        pairs);
  }

  private ModelFigures figures(Confusion confusion) {
    List<CategoryFigures> byCategory = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      byCategory.add(category(i));
    }
    return new ModelFigures(
        scored.counts().examples(),
        scored.accuracy(),
        scored.macroF1(),
        scored.microF1(),
        scored.invalidShare(),
        byCategory,
        confusion);
  }

  private CategoryFigures category(int i) {
    int support = scored.counts().support(i);
    int predicted = scored.counts().predicted(i);
    int correct = scored.counts().correct(i);
    return new CategoryFigures(
        categories.get(i),
        support,
        predicted,
        correct,
        share(correct, predicted),
        share(correct, support),
        support + predicted == 0 ? null : Estimate.f1(support, predicted, correct));
  }

  private static @Nullable Estimate share(int count, int of) {
    return of == 0 ? null : Estimate.share(count, of);
  }
}
