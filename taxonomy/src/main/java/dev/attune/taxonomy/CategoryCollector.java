package dev.attune.taxonomy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects categories in order and reports invalid ids and ambiguous spellings. */
final class CategoryCollector {

  /** A category and its line. */
  private record Placed(Category category, int line) {}

  private final Faults faults;
  private final List<Category> categories = new ArrayList<>();
  private final Map<String, Integer> lineById = new HashMap<>();
  private final Map<String, Placed> bySpelling = new HashMap<>();

  CategoryCollector(Faults faults) {
    this.faults = faults;
  }

  /** Adds the next category, also if it has faults, which are reported. */
  void add(Category category, int line) {
    checkId(category.id(), line);
    checkSpelling("name", category.name(), category, line);
    for (String alias : category.aliases()) {
      checkSpelling("alias", alias, category, line);
    }
    categories.add(category);
    Integer first = lineById.putIfAbsent(category.id(), line);
    if (first != null) {
      faults.add(
          line, "category " + Faults.quote(category.id()) + " is repeated, first on line " + first);
      return;
    }
    var placed = new Placed(category, line);
    claim(category.id(), placed);
    claim(category.name(), placed);
    for (String alias : category.aliases()) {
      claim(alias, placed);
    }
  }

  /** Returns the categories in the order in which they were added. */
  List<Category> categories() {
    return categories;
  }

  private void checkId(String id, int line) {
    if (Spelling.key(id).isEmpty()) {
      faults.add(line, "a category's id is blank");
    } else if (!id.equals(id.strip())) {
      faults.add(line, "id " + Faults.quote(id) + " has white space around it");
    } else if (id.indexOf(',') >= 0) {
      faults.add(
          line, "id " + Faults.quote(id) + " has a comma, which divides the ids of an answer");
    } else if (id.codePoints().anyMatch(Faults::isUnseen)) {
      faults.add(line, "id " + Faults.quote(id) + " has a control character");
    }
    checkUnicode("id", id, line);
  }

  private void checkSpelling(String what, String spelling, Category category, int line) {
    if (Spelling.key(spelling).isEmpty() && !spelling.equals(category.id())) {
      faults.add(line, "the " + what + " of category " + Faults.quote(category.id()) + " is blank");
    }
    if (!spelling.equals(category.id())) {
      checkUnicode(what, spelling, line);
    }
  }

  private void checkUnicode(String what, String text, int line) {
    if (text.codePoints().anyMatch(Faults::isHalfPair)) {
      faults.add(line, what + " " + Faults.quote(text) + " has half a surrogate pair");
    }
  }

  private void claim(String spelling, Placed placed) {
    String key = Spelling.key(spelling);
    if (key.isEmpty()) {
      return;
    }
    Placed first = bySpelling.putIfAbsent(key, placed);
    if (first != null && !first.category().id().equals(placed.category().id())) {
      faults.add(
          placed.line(),
          Faults.quote(spelling)
              + " could mean two categories: "
              + Faults.quote(first.category().id())
              + " (line "
              + first.line()
              + ") and "
              + Faults.quote(placed.category().id()));
    }
  }
}
