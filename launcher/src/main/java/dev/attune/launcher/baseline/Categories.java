package dev.attune.launcher.baseline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The categories of a dataset, and answers in its form: ids in the taxonomy's order, joined by
 * {@code ", "}. A category is represented by its index in that order. Immutable.
 */
final class Categories {
  private static final String SEPARATOR = ", ";

  private final List<String> ids;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Creates the categories.
   *
   * @param ids in the taxonomy's order
   */
  Categories(List<String> ids) {
    this.ids = List.copyOf(ids);
    for (int place = 0; place < ids.size(); place++) {
      places.put(ids.get(place), place);
    }
  }

  List<String> ids() {
    return ids;
  }

  /**
   * Returns the categories of an answer: the whole answer if it is a category, else its parts. A
   * part is the longest text between separators that is a category, so that an id may contain a
   * separator.
   *
   * @return the indices, or empty if a part is not a category
   */
  Optional<SortedSet<Integer>> named(String answer) {
    SortedSet<Integer> named = new TreeSet<>();
    int start = 0;
    while (start <= answer.length()) {
      int end = answer.length();
      Integer place = places.get(answer.substring(start, end));
      while (place == null) {
        end = answer.lastIndexOf(SEPARATOR, end - 1);
        if (end < start) {
          return Optional.empty();
        }
        place = places.get(answer.substring(start, end));
      }
      named.add(place);
      start = end + SEPARATOR.length();
    }
    return Optional.of(named);
  }

  /** Returns the answer with the categories of some indices. */
  String answer(SortedSet<Integer> named) {
    List<String> parts = new ArrayList<>();
    named.forEach(place -> parts.add(ids.get(place)));
    return String.join(SEPARATOR, parts);
  }
}
