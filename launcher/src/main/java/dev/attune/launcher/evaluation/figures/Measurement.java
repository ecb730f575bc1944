package dev.attune.launcher.evaluation.figures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model's answers, counted. The same answers and the same seed give the same figures. */
public final class Measurement {
  private final List<String> categories;
  private final List<List<String>> truths;
  private final List<Placed> placed;
  private final Counts counts;
  private final Bootstrap bootstrap;
  private final long seed;
  private final Figures figures;

  private Measurement(List<String> categories, List<Judged> answers, long seed) {
    Map<String, Integer> places = new LinkedHashMap<>();
    categories.forEach(id -> places.put(id, places.size()));
    this.placed = answers.stream().map(answer -> Placed.of(answer, places)).toList();
    this.categories = List.copyOf(categories);
    this.truths = answers.stream().map(Judged::truth).toList();
    this.counts = new Counts(categories.size());
    placed.forEach(counts::add);
    this.bootstrap = new Bootstrap(placed, categories.size(), seed);
    this.seed = seed;
    this.figures = figures(Confusion.of(categories, answers));
  }

  /**
   * Counts.
   *
   * @param categories all that may be true or predicted, in order
   * @param answers one an example; at least one
   * @param seed of the bootstrap
   * @throws IllegalArgumentException if there is no answer, or one names another category
   */
  public static Measurement of(List<String> categories, List<Judged> answers, long seed) {
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("nothing was answered");
    }
    return new Measurement(categories, answers, seed);
  }

  public Figures figures() {
    return figures;
  }

  /**
   * How much better this model is than another.
   *
   * @throws IllegalArgumentException if the other was not asked about the same examples
   */
  public Comparison against(Measurement other) {
    if (!truths.equals(other.truths)
        || !categories.equals(other.categories)
        || seed != other.seed) {
      throw new IllegalArgumentException("only answers to the same examples can be compared");
    }
    return new Comparison(
        Bootstrap.difference(
            counts.accuracy() - other.counts.accuracy(),
            bootstrap.accuracy(),
            other.bootstrap.accuracy()),
        Bootstrap.difference(
            counts.macroF1() - other.counts.macroF1(),
            bootstrap.macroF1(),
            other.bootstrap.macroF1()),
        Bootstrap.difference(
            counts.microF1() - other.counts.microF1(),
            bootstrap.microF1(),
            other.bootstrap.microF1()),
        discordantAnswers(other),
        recallGains(other),
        discordantCategories(other));
  }

  private DiscordantPairs discordantAnswers(Measurement other) {
    int better = 0;
    int worse = 0;
    for (int i = 0; i < placed.size(); i++) {
      boolean exact = placed.get(i).isExact();
      if (exact != other.placed.get(i).isExact()) {
        better += exact ? 1 : 0;
        worse += exact ? 0 : 1;
      }
    }
    return new DiscordantPairs(better, worse);
  }

  private Map<String, DiscordantPairs> discordantCategories(Measurement other) {
    int[] better = new int[categories.size()];
    int[] worse = new int[categories.size()];
    for (int i = 0; i < placed.size(); i++) {
      for (int category : placed.get(i).truth()) {
        boolean correct = placed.get(i).isCorrect(category);
        if (correct != other.placed.get(i).isCorrect(category)) {
          better[category] += correct ? 1 : 0;
          worse[category] += correct ? 0 : 1;
        }
      }
    }
    Map<String, DiscordantPairs> pairs = new LinkedHashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      if (counts.support(i) > 0) {
        pairs.put(categories.get(i), new DiscordantPairs(better[i], worse[i]));
      }
    }
    return pairs;
  }

  private Map<String, Double> recallGains(Measurement other) {
    Map<String, Double> gains = new LinkedHashMap<>();
    for (int i = 0; i < categories.size(); i++) {
      int support = counts.support(i);
      if (support > 0) {
        double gain = (double) (counts.correct(i) - other.counts.correct(i)) / support;
        gains.put(categories.get(i), gain);
      }
    }
    return gains;
  }

  private Figures figures(Confusion confusion) {
    List<CategoryFigures> byCategory = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      byCategory.add(category(i));
    }
    return new Figures(
        counts.examples(),
        Estimate.share(counts.exact(), counts.examples()),
        Bootstrap.around(counts.macroF1(), bootstrap.macroF1()),
        Bootstrap.around(counts.microF1(), bootstrap.microF1()),
        Estimate.share(counts.invalid(), counts.examples()),
        byCategory,
        confusion);
  }

  private CategoryFigures category(int i) {
    double f1 = counts.f1(i);
    return new CategoryFigures(
        categories.get(i),
        counts.support(i),
        counts.predicted(i),
        counts.correct(i),
        share(counts.correct(i), counts.predicted(i)),
        share(counts.correct(i), counts.support(i)),
        Double.isNaN(f1) ? null : Bootstrap.around(f1, bootstrap.f1(i)));
  }

  private static @Nullable Estimate share(int count, int of) {
    return of == 0 ? null : Estimate.share(count, of);
  }
}
