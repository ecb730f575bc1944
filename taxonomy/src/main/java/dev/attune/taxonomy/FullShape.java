package dev.attune.taxonomy;

import dev.attune.message.Messages;
import dev.attune.taxonomy.LocatedJson.Entries;
import dev.attune.taxonomy.LocatedJson.Entry;
import dev.attune.taxonomy.LocatedJson.Items;
import dev.attune.taxonomy.LocatedJson.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the full shape: name, version and categories with their children. */
final class FullShape {
  private static final Set<String> TAXONOMY_KEYS = Set.of("name", "version", "categories");
  private static final Set<String> CATEGORY_KEYS =
      Set.of("id", "name", "description", "aliases", "children");

  private final Faults faults;
  private final CategoryCollector collector;

  FullShape(Faults faults, CategoryCollector collector) {
    this.faults = faults;
    this.collector = collector;
  }

  /** Returns the taxonomy that an object describes, and adds its faults. */
  Taxonomy read(Entries object, String nameWithoutOne) {
    Map<String, LocatedJson> values = valuesOf(object, TAXONOMY_KEYS);
    String name = text(values, "name");
    text(values, "version"); // adds a fault if it is no text
    if (values.containsKey("categories")) {
      addAll(items(values, "categories"), null);
    } else {
      faults.add(object.line(), Messages.of("taxonomy.taxonomy.categories-missing"));
    }
    return new Taxonomy(name == null ? nameWithoutOne : name, collector.categories());
  }

  private void addAll(List<LocatedJson> categories, @Nullable String parent) {
    for (LocatedJson category : categories) {
      if (category instanceof Entries object) {
        add(object, parent);
      } else {
        faults.add(
            category.line(), Messages.of("taxonomy.taxonomy.category-object", category.kind()));
      }
    }
  }

  private void add(Entries object, @Nullable String parent) {
    Map<String, LocatedJson> values = valuesOf(object, CATEGORY_KEYS);
    String id = text(values, "id");
    String name = text(values, "name");
    String description = text(values, "description");
    List<String> aliases = aliases(values);
    if (id != null) {
      collector.add(
          new Category(id, name == null ? id : name, description, aliases, parent), object.line());
    } else if (!values.containsKey("id")) {
      faults.add(object.line(), Messages.of("taxonomy.taxonomy.id-missing"));
    }
    addAll(items(values, "children"), id);
  }

  private List<String> aliases(Map<String, LocatedJson> values) {
    List<String> aliases = new ArrayList<>();
    for (LocatedJson alias : items(values, "aliases")) {
      if (alias instanceof Text text) {
        aliases.add(text.value());
      } else {
        faults.add(alias.line(), Messages.of("taxonomy.taxonomy.alias-string", alias.kind()));
      }
    }
    return aliases;
  }

  private Map<String, LocatedJson> valuesOf(Entries object, Set<String> known) {
    Map<String, LocatedJson> values = new HashMap<>();
    for (Entry entry : object.entries()) {
      if (!known.contains(entry.key())) {
        faults.add(
            entry.line(), Messages.of("taxonomy.taxonomy.key-unknown", Faults.quote(entry.key())));
      } else if (values.putIfAbsent(entry.key(), entry.value()) != null) {
        faults.add(
            entry.line(), Messages.of("taxonomy.taxonomy.key-repeated", Faults.quote(entry.key())));
      }
    }
    return values;
  }

  private @Nullable String text(Map<String, LocatedJson> values, String key) {
    LocatedJson value = values.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Text text) {
      return text.value();
    }
    faults.add(value.line(), Messages.of("taxonomy.taxonomy.key-string", key, value.kind()));
    return null;
  }

  private List<LocatedJson> items(Map<String, LocatedJson> values, String key) {
    LocatedJson value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof Items items) {
      return items.values();
    }
    faults.add(value.line(), Messages.of("taxonomy.taxonomy.key-array", key, value.kind()));
    return List.of();
  }
}
