package dev.attune.taxonomy;

import dev.attune.message.Messages;
import dev.attune.taxonomy.LocatedJson.Entries;
import dev.attune.taxonomy.LocatedJson.Entry;
import dev.attune.taxonomy.LocatedJson.Items;
import dev.attune.taxonomy.LocatedJson.Text;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the two shapes with only ids: an array of ids, and an object of such arrays. */
final class BareShapes {
  private final Faults faults;
  private final CategoryCollector collector;

  BareShapes(Faults faults, CategoryCollector collector) {
    this.faults = faults;
    this.collector = collector;
  }

  /** Adds the categories of an array of ids. */
  void addIds(Items ids) {
    for (LocatedJson id : ids.values()) {
      if (id instanceof Text text) {
        add(text, null);
      } else {
        faults.add(id.line(), Messages.of("taxonomy.taxonomy.category-string", id.kind()));
      }
    }
  }

  /**
   * Adds the categories of an object of arrays: keys and elements, each key before its elements.
   */
  void addFamilies(Entries object) {
    Map<String, Family> families = new LinkedHashMap<>();
    Set<String> children = new HashSet<>();
    for (Entry entry : object.entries()) {
      if (!(entry.value() instanceof Items items)) {
        faults.add(
            entry.value().line(),
            Messages.of(
                "taxonomy.taxonomy.family-array", Faults.quote(entry.key()), entry.value().kind()));
        continue;
      }
      var family = new Family(new Text(entry.line(), entry.key()), items.values());
      if (families.putIfAbsent(entry.key(), family) != null) {
        faults.add(
            entry.line(), Messages.of("taxonomy.taxonomy.key-repeated", Faults.quote(entry.key())));
      }
      items.values().stream()
          .filter(Text.class::isInstance)
          .forEach(element -> children.add(((Text) element).value()));
    }
    Set<String> added = new HashSet<>();
    for (Family family : families.values()) {
      if (!children.contains(family.key().value())) {
        add(family, null, families, added, 1);
      }
    }
    for (Family family : families.values()) {
      if (!added.contains(family.key().value())) {
        faults.add(
            family.key().line(),
            Messages.of("taxonomy.taxonomy.cycle", Faults.quote(family.key().value())));
      }
    }
  }

  private void add(
      Family family,
      @Nullable String parent,
      Map<String, Family> families,
      Set<String> added,
      int depth) {
    String id = family.key().value();
    added.add(id);
    add(family.key(), parent);
    if (depth > LocatedJson.MAX_DEPTH) {
      faults.add(
          family.key().line(), Messages.of("taxonomy.taxonomy.depth", LocatedJson.MAX_DEPTH));
      return;
    }
    for (LocatedJson element : family.elements()) {
      if (!(element instanceof Text text)) {
        faults.add(
            element.line(), Messages.of("taxonomy.taxonomy.category-string", element.kind()));
        continue;
      }
      Family own = families.get(text.value());
      if (own != null && !added.contains(text.value())) {
        add(own, id, families, added, depth + 1);
      } else {
        add(text, id);
      }
    }
  }

  private void add(Text id, @Nullable String parent) {
    collector.add(new Category(id.value(), id.value(), null, List.of(), parent), id.line());
  }

  /** A key with the categories under it. */
  private record Family(Text key, List<LocatedJson> elements) {}
}
