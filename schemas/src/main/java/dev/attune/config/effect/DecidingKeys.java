package dev.attune.config.effect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Selects keys of a configuration by what they decide, according to attune.schema.json. */
public final class DecidingKeys {
  private static final JsonNode ROOT = SchemaFile.ATTUNE.document();

  private DecidingKeys() {}

  /**
   * Returns the keys of a configuration that decide something, with their values, in the schema's
   * order. Lists with unique elements are sorted.
   *
   * @param effective a configuration with its defaults
   */
  public static JsonNode pick(JsonNode effective, Decides what) {
    ObjectNode picked = pick(effective, ROOT, what);
    return picked == null ? JsonNodeFactory.instance.objectNode() : picked;
  }

  /** Returns what each key decides, by its JSON pointer; an empty set for an unmarked key. */
  static Map<String, Set<Decides>> all() {
    Map<String, Set<Decides>> keys = new TreeMap<>();
    collect("", ROOT, keys);
    return keys;
  }

  private static @Nullable ObjectNode pick(JsonNode config, JsonNode schema, Decides what) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode value = config.path(property.getKey());
      JsonNode key = property.getValue();
      JsonNode inner = SchemaFile.ATTUNE.resolved(key);
      if (value.isMissingNode()) {
        continue;
      }
      if (inner.has("properties")) {
        ObjectNode picked = pick(value, inner, what);
        if (picked != null) {
          result.set(property.getKey(), picked);
        }
      } else if (decides(key).contains(what)) {
        result.set(property.getKey(), inner.path("uniqueItems").asBoolean() ? set(value) : value);
      }
    }
    return result.isEmpty() ? null : result;
  }

  private static void collect(String pointer, JsonNode schema, Map<String, Set<Decides>> into) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String at = pointer + "/" + SchemaFile.escape(property.getKey());
      JsonNode inner = SchemaFile.ATTUNE.resolved(property.getValue());
      if (inner.has("properties")) {
        collect(at, inner, into);
      } else {
        into.put(at, decides(property.getValue()));
      }
    }
  }

  private static Set<Decides> decides(JsonNode key) {
    JsonNode said = key.path("decides");
    Set<Decides> all = EnumSet.noneOf(Decides.class);
    for (String word : said.isTextual() ? List.of(said.asText()) : CanonicalJson.texts(said)) {
      all.add(Decides.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    return all;
  }

  private static JsonNode set(JsonNode list) {
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    elements.sort(Comparator.comparing(JsonNode::asText));
    ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
    return sorted.addAll(elements);
  }
}
