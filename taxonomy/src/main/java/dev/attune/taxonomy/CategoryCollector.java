package dev.attune.taxonomy;

import dev.attune.message.Messages;
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
          line,
          Messages.of("taxonomy.taxonomy.category-repeated", Faults.quote(category.id()), first));
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
      faults.add(line, Messages.of("taxonomy.taxonomy.id-blank"));
    } else if (!id.equals(id.strip())) {
      faults.add(line, Messages.of("taxonomy.taxonomy.id-space", Faults.quote(id)));
    } else if (id.indexOf(',') >= 0) {
      faults.add(line, Messages.of("taxonomy.taxonomy.id-comma", Faults.quote(id)));
    } else if (id.codePoints().anyMatch(Faults::isUnseen)) {
      faults.add(line, Messages.of("taxonomy.taxonomy.id-control", Faults.quote(id)));
    }
    checkUnicode("id", id, line);
  }

  private void checkSpelling(String what, String spelling, Category category, int line) {
    if (Spelling.key(spelling).isEmpty() && !spelling.equals(category.id())) {
      faults.add(
          line, Messages.of("taxonomy.taxonomy.spelling-blank", what, Faults.quote(category.id())));
    }
    if (!spelling.equals(category.id())) {
      checkUnicode(what, spelling, line);
    }
  }

  private void checkUnicode(String what, String text, int line) {
    if (text.codePoints().anyMatch(Faults::isHalfPair)) {
      faults.add(line, Messages.of("taxonomy.taxonomy.surrogate", what, Faults.quote(text)));
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
          Messages.of(
              "taxonomy.taxonomy.ambiguous",
              Faults.quote(spelling),
              Faults.quote(first.category().id()),
              first.line(),
              Faults.quote(placed.category().id())));
    }
  }
}
