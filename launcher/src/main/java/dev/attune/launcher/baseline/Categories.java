package dev.attune.launcher.baseline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The categories of a dataset, and answers as it writes them: ids in the taxonomy's order, joined
 * by {@code ", "}. A category is known by its place in that order, from 0. Immutable.
 */
final class Categories {
  private static final String SEPARATOR = ", ";

  private final List<String> ids;
  private final Map<String, Integer> places = new HashMap<>();

  /**
   * Categories.
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
   * What an answer names: the whole of it where that is a category, else its parts. A part is the
   * longest run between separators that is a category, so that an id may hold a separator.
   *
   * @return the places, or nothing where some part is no category
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

  /** The answer that names these places. */
  String answer(SortedSet<Integer> named) {
    List<String> parts = new ArrayList<>();
    named.forEach(place -> parts.add(ids.get(place)));
    return String.join(SEPARATOR, parts);
  }
}
