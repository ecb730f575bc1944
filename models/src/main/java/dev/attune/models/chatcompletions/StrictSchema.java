package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * Tells whether OpenAI can force answers into a JSON Schema ({@code strict}). It refuses a request
 * with another schema; without {@code strict} it takes any.
 *
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs#supported-schemas">the
 *     supported part of JSON Schema</a>
 */
final class StrictSchema {
  private static final Set<String> KEYWORDS =
      Set.of(
          "$schema",
          "$ref",
          "$defs",
          "title",
          "description",
          "type",
          "enum",
          "const",
          "anyOf",
          "properties",
          "required",
          "additionalProperties",
          "items",
          "minItems",
          "maxItems",
          "pattern",
          "format",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf");

  private StrictSchema() {}

  static boolean isOne(JsonNode schema) {
    return "object".equals(schema.path("type").asText()) && fits(schema);
  }

  private static boolean fits(JsonNode schema) {
    if (!schema.isObject()) {
      return false;
    }
    for (var keyword : schema.properties()) {
      JsonNode value = keyword.getValue();
      boolean fits =
          switch (keyword.getKey()) {
            case "properties", "$defs" -> allFit(value);
            case "anyOf" -> allFit(value);
            case "items" -> fits(value);
            case "additionalProperties" -> value.isBoolean() && !value.booleanValue();
            default -> KEYWORDS.contains(keyword.getKey());
          };
      if (!fits) {
        return false;
      }
    }
    return !schema.has("properties") || isClosed(schema);
  }

  private static boolean allFit(JsonNode schemas) {
    for (JsonNode schema : schemas) {
      if (!fits(schema)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all properties are required and no others are allowed. */
  private static boolean isClosed(JsonNode schema) {
    if (!schema.has("additionalProperties")) {
      return false;
    }
    long required = 0;
    for (JsonNode name : schema.path("required")) {
      if (schema.path("properties").has(name.asText())) {
        required++;
      }
    }
    return required == schema.path("properties").size();
  }
}
