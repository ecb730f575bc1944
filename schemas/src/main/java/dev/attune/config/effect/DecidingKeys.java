package dev.attune.config.effect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.SchemaFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Picks the keys of a configuration that decide something, as attune.schema.json says. */
public final class DecidingKeys {
  private static final JsonNode ROOT = SchemaFile.ATTUNE.document();

  private DecidingKeys() {}

  /**
   * The keys of a configuration that decide this, with their values, in the schema's order. Lists
   * in which nothing may stand twice are sets, and are sorted.
   *
   * @param effective a configuration with its defaults
   */
  public static JsonNode pick(JsonNode effective, Decides what) {
    ObjectNode picked = pick(effective, ROOT, what);
    return picked == null ? JsonNodeFactory.instance.objectNode() : picked;
  }

  /**
   * What each key decides, by its JSON pointer; a key of which the schema says nothing: nothing.
   */
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
    List<String> words = new ArrayList<>();
    JsonNode said = key.path("decides");
    if (said.isArray()) {
      said.forEach(word -> words.add(word.asText()));
    } else if (!said.isMissingNode()) {
      words.add(said.asText());
    }
    Set<Decides> all = EnumSet.noneOf(Decides.class);
    for (Decides one : Decides.values()) {
      if (words.remove(one.word())) {
        all.add(one);
      }
    }
    if (!words.isEmpty()) {
      throw new IllegalStateException("attune.schema.json has an unknown value of decides");
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
