package dev.attune.launcher.promotion.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds categories whose recall fell by more than chance explains. Every category has a one-sided
 * exact sign test on the examples in which exactly one of the two models recognised it; categories
 * with few examples are tested together as one pool. A category that is no longer recognised at all
 * is found by itself, however few examples it has: in the pool it could not be seen.
 */
public final class RecallDrops {
  /**
   * Largest probability of reporting any category if no recall fell. With Tarone's correction, it
   * reaches the rate required in docs/promotion.md for a category of 50 examples that falls from
   * 0.9 to 0.5 (GateRatesTest); with Holm's correction at 0.05 it is missed in 6%.
   */
  private static final double LEVEL = 0.02;

  /** Categories with fewer examples than these form the pool. */
  public static final int LEAST_EXAMPLES = 10;

  /**
   * A category of which the model recognises nothing is lost if the other model recognised at least
   * this many of its examples. Of a category of 3 examples that happens to an equally good model in
   * 1 of 8,000 cases (champion right in 0.88, 10% of the answers differ), of larger ones less
   * often. On BANKING77 the tests alone promoted 10 of 27 models that had seen no example of one
   * small category.
   */
  public static final int LEAST_RECOGNISED = 3;

  /** The level of a category that is lost, whatever chance explains. */
  private static final double LOST = 1;

  /** Shares that differ by less are equal: division in binary made them unequal. */
  private static final double SAME = 1e-9;

  private RecallDrops() {}

  /**
   * A category.
   *
   * @param support examples in which it is true, 1 or more
   * @param recognised in how many of them the model recognised it
   * @param pairs in how many of them exactly one model recognised it
   */
  public record Category(String id, int support, int recognised, PairCounts pairs) {}

  /**
   * A category, or the pool, whose recall fell.
   *
   * @param categories one id; of the pool, those of all its categories, two or more
   * @param support examples in which they are true
   * @param pairs in how many of them exactly one model recognised the category
   * @param level the test's p value is at most this; 1 if the category is lost
   */
  public record Fall(List<String> categories, int support, PairCounts pairs, double level) {
    public Fall {
      categories = List.copyOf(categories);
    }

    /** Returns whether this is the pool of the categories with few examples. */
    public boolean isPool() {
      return categories.size() > 1;
    }

    /** Returns whether the model recognises none of the examples; then no test was made. */
    public boolean isLost() {
      return level == LOST;
    }

    /** Returns the previous recall minus the present one, above 0. */
    public double drop() {
      return RecallDrops.drop(support, pairs);
    }
  }

  /**
   * Finds those whose recall fell.
   *
   * @param categories in the order of the taxonomy
   * @param allowed recall that any of them may lose, whatever chance explains, 0 to 1
   * @return those that are lost, then the others, both in the same order; the pool last
   */
  public static List<Fall> find(List<Category> categories, double allowed) {
    List<Fall> falls = new ArrayList<>();
    List<Category> tested = new ArrayList<>();
    for (Category category : categories) {
      if (isLost(category, allowed)) {
        falls.add(family(category, LOST));
      } else {
        tested.add(category);
      }
    }
    List<Fall> families = families(tested);
    int[] differing = families.stream().mapToInt(family -> family.pairs().differing()).toArray();
    double level = LEVEL / TaroneCorrection.comparisons(differing, LEVEL);
    for (Fall family : families) {
      if (family.drop() > allowed + SAME && family.pairs().chance() <= level) {
        falls.add(new Fall(family.categories(), family.support(), family.pairs(), level));
      }
    }
    return falls;
  }

  private static boolean isLost(Category category, double allowed) {
    return category.recognised() == 0
        && category.pairs().worse() >= LEAST_RECOGNISED
        && drop(category.support(), category.pairs()) > allowed + SAME;
  }

  private static List<Fall> families(List<Category> categories) {
    List<Fall> families = new ArrayList<>();
    List<String> small = new ArrayList<>();
    int support = 0;
    PairCounts pairs = new PairCounts(0, 0);
    for (Category category : categories) {
      if (category.support() >= LEAST_EXAMPLES) {
        families.add(family(category, LEVEL));
      } else {
        small.add(category.id());
        support += category.support();
        pairs = pairs.plus(category.pairs());
      }
    }
    if (!small.isEmpty()) {
      families.add(new Fall(small, support, pairs, LEVEL));
    }
    return families;
  }

  private static Fall family(Category category, double level) {
    return new Fall(List.of(category.id()), category.support(), category.pairs(), level);
  }

  private static double drop(int support, PairCounts pairs) {
    return (double) (pairs.worse() - pairs.better()) / support;
  }
}
