package dev.attune.launcher.promotion.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds categories whose recall fell by more than chance explains. Every category has a one-sided
 * exact sign test on the examples in which exactly one of the two models recognised it; categories
 * with few examples are tested together as one pool.
 */
public final class RecallFalls {
  /**
   * Probability, at most, with which any category at all is found where no recall fell. With
   * Tarone's correction, it reaches the rate of contract.md section 8 for a category of 50 examples
   * that falls from 0.9 to 0.5 (GateRatesTest); with Holm's correction at 0.05 it is missed in 6%.
   */
  public static final double LEVEL = 0.02;

  /** Categories with fewer examples than these form the pool. */
  public static final int LEAST_EXAMPLES = 10;

  /** Shares that differ by less are equal: division in binary made them unequal. */
  private static final double SAME = 1e-9;

  private RecallFalls() {}

  /**
   * A category.
   *
   * @param support examples in which it is true, 1 or more
   * @param pairs in how many of them exactly one model recognised it
   */
  public record Category(String id, int support, PairCounts pairs) {}

  /**
   * A category, or the pool, whose recall fell.
   *
   * @param categories one id; of the pool, those of all its categories, two or more
   * @param support examples in which they are true
   * @param pairs in how many of them exactly one model recognised the category
   * @param level the test's p value is at most this
   */
  public record Fall(List<String> categories, int support, PairCounts pairs, double level) {
    public Fall {
      categories = List.copyOf(categories);
    }

    /** Whether it is the pool of the categories with few examples. */
    public boolean isPool() {
      return categories.size() > 1;
    }

    /** Recall before less recall now, above 0. */
    public double drop() {
      return RecallFalls.drop(support, pairs);
    }
  }

  /**
   * Finds those whose recall fell.
   *
   * @param categories in the order of the taxonomy
   * @param allowed recall that any of them may lose, whatever chance explains, 0 to 1
   * @return in the same order, the pool last
   */
  public static List<Fall> find(List<Category> categories, double allowed) {
    List<Fall> families = families(categories);
    int[] differing = families.stream().mapToInt(family -> family.pairs().differing()).toArray();
    double level = LEVEL / TaroneCorrection.comparisons(differing, LEVEL);
    List<Fall> falls = new ArrayList<>();
    for (Fall family : families) {
      if (family.drop() > allowed + SAME && family.pairs().chance() <= level) {
        falls.add(new Fall(family.categories(), family.support(), family.pairs(), level));
      }
    }
    return falls;
  }

  private static List<Fall> families(List<Category> categories) {
    List<Fall> families = new ArrayList<>();
    List<String> small = new ArrayList<>();
    int support = 0;
    PairCounts pairs = new PairCounts(0, 0);
    for (Category category : categories) {
      if (category.support() >= LEAST_EXAMPLES) {
        families.add(new Fall(List.of(category.id()), category.support(), category.pairs(), LEVEL));
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

  private static double drop(int support, PairCounts pairs) {
    return (double) (pairs.worse() - pairs.better()) / support;
  }
}
