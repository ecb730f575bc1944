package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.SchemaFile;
import java.util.ArrayList;
import java.util.List;

/** Looks up keys, examples, alternatives and defaults in attune.schema.json. */
final class ConfigSchema {
  private static final JsonNode ROOT = CanonicalJson.normal(SchemaFile.ATTUNE.document());

  private ConfigSchema() {}

  /** Returns the keys of the object at a pointer, in the schema's order. */
  static List<String> keys(String pointer) {
    List<String> result = new ArrayList<>();
    at(pointer).path("properties").fieldNames().forEachRemaining(result::add);
    return result;
  }

  /** Returns an example of a value, or an empty text. */
  static String example(String pointer) {
    return at(pointer).path("examples").path(0).asText("");
  }

  /** Returns the regular expression that a text must match, or an empty text. */
  static String pattern(String pointer) {
    return at(pointer).path("pattern").asText("");
  }

  /** Returns whether a value may be a whole number instead of a text. */
  static boolean allowsNumber(String pointer) {
    return CanonicalJson.texts(at(pointer).path("type")).contains("integer");
  }

  /** Returns the default of a key, or an empty text. */
  static String defaultText(String pointer) {
    int last = pointer.lastIndexOf('/');
    JsonNode properties = at(pointer.substring(0, last)).path("properties");
    return properties.path(pointer.substring(last + 1)).path("default").asText("");
  }

  /** Returns the values of an enumeration, or an empty list. */
  static List<String> alternatives(String pointer) {
    return CanonicalJson.texts(at(pointer).path("enum"));
  }

  /** Returns a copy of a configuration with every default and its keys in the schema's order. */
  static ObjectNode filled(JsonNode config) {
    return filled(config, ROOT);
  }

  /** Returns a copy of a section with every default; also of one that is not written. */
  static ObjectNode filledSection(String key, JsonNode section) {
    return filled(section, at("/" + key));
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
              JsonNode inner = SchemaFile.ATTUNE.resolved(property.getValue());
              // An object without named keys, such as labels, has no defaults.
              if (value.isObject() && inner.has("properties")) {
                value = filled(value, inner);
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
      JsonNode next = schema.path("items");
      if (next.isMissingNode()) {
        next = schema.path("properties").path(step.replace("~1", "/").replace("~0", "~"));
      }
      if (next.isMissingNode()) {
        // A name of the user's choice, such as a label.
        next = schema.path("additionalProperties");
      }
      schema = SchemaFile.ATTUNE.resolved(next);
    }
    return schema;
  }
}
