package dev.attune.launcher.evaluation.document;

import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.Confusion;
import dev.attune.launcher.evaluation.figures.Confusion.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Orders categories so that often confused ones are adjacent. The similarity of two categories is
 * the number of times that either was taken for the other. The most similar pairs are joined first,
 * if both are at the ends of different chains. Chains with more examples come first, categories
 * without confusion last; ties are broken by support and then by id, so the order is deterministic.
 */
final class SimilarityOrder {
  private final Map<String, CategoryFigures> categories = new HashMap<>();
  private final Map<String, Chain> chains = new HashMap<>();

  private SimilarityOrder(Collection<CategoryFigures> shown) {
    for (CategoryFigures category : shown) {
      categories.put(category.id(), category);
      chains.put(category.id(), new Chain(List.of(category.id())));
    }
  }

  /** Adjacent categories. Each category is in one chain; chains are compared by identity. */
  private static final class Chain {
    private final List<String> ids;

    Chain(List<String> ids) {
      this.ids = List.copyOf(ids);
    }

    boolean endsWith(String id) {
      return ids.get(0).equals(id) || ids.get(ids.size() - 1).equals(id);
    }

    /** Returns both chains joined at the given ids, which are their ends. */
    Chain joined(String first, Chain other, String second) {
      List<String> all = new ArrayList<>(ids);
      if (!all.get(all.size() - 1).equals(first)) {
        Collections.reverse(all);
      }
      List<String> after = new ArrayList<>(other.ids);
      if (!after.get(0).equals(second)) {
        Collections.reverse(after);
      }
      all.addAll(after);
      return new Chain(all);
    }
  }

  /** Two categories and how often either was taken for the other. */
  private record Pair(String first, String second, int count) {}

  /** Returns the categories in the new order. */
  static List<CategoryFigures> of(List<CategoryFigures> shown, Confusion confusion) {
    return new SimilarityOrder(shown).order(confusion);
  }

  private List<CategoryFigures> order(Confusion confusion) {
    for (Pair pair : pairs(confusion)) {
      join(pair);
    }
    Set<Chain> different = new LinkedHashSet<>();
    categories.values().stream()
        .sorted(bySupport())
        .forEach(category -> different.add(chain(category.id())));
    List<List<CategoryFigures>> ordered = new ArrayList<>();
    different.forEach(chain -> ordered.add(largerEndFirst(chain)));
    ordered.sort(
        Comparator.<List<CategoryFigures>>comparingInt(chain -> chain.size() > 1 ? 0 : 1)
            .thenComparing(Comparator.comparingInt(SimilarityOrder::chainSupport).reversed())
            .thenComparing(chain -> chain.get(0).id()));
    return ordered.stream().flatMap(List::stream).toList();
  }

  private List<Pair> pairs(Confusion confusion) {
    Map<String, Map<String, Integer>> counts = new TreeMap<>();
    for (Cell cell : confusion.cells()) {
      boolean both =
          categories.containsKey(cell.truth()) && categories.containsKey(cell.predicted());
      if (both && !cell.isRight()) {
        boolean sorted = cell.truth().compareTo(cell.predicted()) < 0;
        counts
            .computeIfAbsent(sorted ? cell.truth() : cell.predicted(), id -> new TreeMap<>())
            .merge(sorted ? cell.predicted() : cell.truth(), cell.count(), Integer::sum);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    counts.forEach(
        (first, row) -> row.forEach((second, count) -> pairs.add(new Pair(first, second, count))));
    pairs.sort(
        Comparator.comparingInt(Pair::count)
            .reversed()
            .thenComparing(Comparator.comparingInt(this::pairSupport).reversed()));
    return pairs; // stable: then by id
  }

  private void join(Pair pair) {
    Chain first = chain(pair.first);
    Chain second = chain(pair.second);
    if (first != second && first.endsWith(pair.first) && second.endsWith(pair.second)) {
      Chain joined = first.joined(pair.first, second, pair.second);
      joined.ids.forEach(id -> chains.put(id, joined));
    }
  }

  private List<CategoryFigures> largerEndFirst(Chain chain) {
    List<CategoryFigures> members = new ArrayList<>();
    chain.ids.forEach(id -> members.add(category(id)));
    CategoryFigures first = members.get(0);
    CategoryFigures last = members.get(members.size() - 1);
    if (bySupport().compare(first, last) > 0) {
      Collections.reverse(members);
    }
    return members;
  }

  private static Comparator<CategoryFigures> bySupport() {
    return Comparator.comparingInt(CategoryFigures::support)
        .reversed()
        .thenComparing(CategoryFigures::id);
  }

  private static int chainSupport(List<CategoryFigures> chain) {
    return chain.stream().mapToInt(CategoryFigures::support).sum();
  }

  private int pairSupport(Pair pair) {
    return category(pair.first).support() + category(pair.second).support();
  }

  private CategoryFigures category(String id) {
    return Objects.requireNonNull(categories.get(id), id);
  }

  private Chain chain(String id) {
    return Objects.requireNonNull(chains.get(id), id);
  }
}
