package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.SchemaFile;
import java.util.ArrayList;
import java.util.List;

/** What attune.schema.json says about one key: its neighbours, an example, its default. */
final class ConfigSchema {
  private static final JsonNode ROOT = SchemaFile.ATTUNE.document();

  private ConfigSchema() {}

  /** The keys that the object at this pointer may have, in the schema's order. */
  static List<String> keys(String pointer) {
    List<String> result = new ArrayList<>();
    at(pointer).path("properties").fieldNames().forEachRemaining(result::add);
    return result;
  }

  /** A value that fits, or empty. */
  static String example(String pointer) {
    return at(pointer).path("examples").path(0).asText("");
  }

  /** The text that stands where the key is not given, or empty. */
  static String defaultText(String pointer) {
    int last = pointer.lastIndexOf('/');
    JsonNode properties = at(pointer.substring(0, last)).path("properties");
    return properties.path(pointer.substring(last + 1)).path("default").asText("");
  }

  /** The values of an enumeration, or none. */
  static List<String> alternatives(String pointer) {
    List<String> result = new ArrayList<>();
    at(pointer).path("enum").forEach(value -> result.add(value.asText()));
    return result;
  }

  /** The same configuration with every default filled in and its keys in the schema's order. */
  static ObjectNode filled(JsonNode config) {
    return filled(config, ROOT);
  }

  private static ObjectNode filled(JsonNode config, JsonNode schema) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              String key = property.getKey();
              JsonNode value = config.path(key);
              if (value.isMissingNode()) {
                value = property.getValue().path("default");
              }
              if (value.isObject()) {
                value = filled(value, resolved(property.getValue()));
              }
              if (!value.isMissingNode()) {
                result.set(key, value.deepCopy());
              }
            });
    return result;
  }

  private static JsonNode at(String pointer) {
    JsonNode schema = ROOT;
    for (String step : pointer.split("/", -1)) {
      if (step.isEmpty()) {
        continue;
      }
      JsonNode items = schema.path("items");
      JsonNode next =
          items.isMissingNode()
              ? schema.path("properties").path(step.replace("~1", "/").replace("~0", "~"))
              : items;
      schema = resolved(next);
    }
    return schema;
  }

  /** A schema of ours refers to {@code #/$defs/…} only. */
  private static JsonNode resolved(JsonNode schema) {
    JsonNode ref = schema.path("$ref");
    return ref instanceof MissingNode ? schema : ROOT.at(ref.asText().substring(1));
  }
}
