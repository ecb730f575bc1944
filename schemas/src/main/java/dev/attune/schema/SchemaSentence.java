package dev.attune.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import dev.attune.message.Messages;
import java.util.List;

/** Words the violation of a schema's keyword. */
final class SchemaSentence {
  private SchemaSentence() {}

  static String of(Error error) {
    JsonNode rule = error.getSchemaNode();
    if (rule == null) {
      return error.getMessage();
    }
    return switch (error.getKeyword()) {
      case "type" -> type(error.getInstanceNode(), rule);
      case "enum" ->
          Messages.of("schemas.value.one-of", Printable.either(CanonicalJson.texts(rule)));
      case "const" -> Messages.of("schemas.value.one-of", rule.asText());
      case "required" -> Messages.of("schemas.value.no-key", shown(error));
      case "additionalProperties" -> Messages.of("schemas.value.unknown-key", shown(error));
      case "minimum" -> Messages.of("schemas.value.minimum", rule.asText());
      case "maximum" -> Messages.of("schemas.value.maximum", rule.asText());
      case "exclusiveMinimum" -> Messages.of("schemas.value.above", rule.asText());
      case "exclusiveMaximum" -> Messages.of("schemas.value.below", rule.asText());
      case "multipleOf" -> Messages.of("schemas.value.multiple", rule.asText());
      case "minLength" ->
          rule.asInt() == 1 ? Messages.of("schemas.value.empty") : error.getMessage();
      case "maxLength" -> Messages.of("schemas.value.too-long", rule.asInt());
      case "minItems" ->
          rule.asInt() == 1 ? Messages.of("schemas.value.empty-list") : error.getMessage();
      case "uniqueItems" -> Messages.of("schemas.value.twice");
      case "pattern" ->
          rule.asText().equals("\\S")
              ? Messages.of("schemas.value.blank")
              : Messages.of("schemas.value.form", rule.asText());
      case "propertyNames" ->
          rule.has("pattern")
              ? Messages.of("schemas.value.key-form", shown(error), rule.path("pattern").asText())
              : error.getMessage();
      default -> error.getMessage();
    };
  }

  private static String type(JsonNode value, JsonNode rule) {
    List<String> types = rule.isArray() ? CanonicalJson.texts(rule) : List.of(rule.asText());
    if (value.isNull()) {
      return Messages.of("schemas.value.none", expected(types));
    }
    String actual = value.isNumber() && types.contains("integer") ? "a fraction" : actual(value);
    return Messages.of(
        types.contains("string") && !value.isContainerNode()
            ? "schemas.value.unquoted"
            : "schemas.value.type",
        actual,
        expected(types));
  }

  private static String actual(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT -> "a map of keys";
      default -> "nothing";
    };
  }

  private static String expected(List<String> types) {
    return Printable.either(
        types.stream()
            .filter(type -> !type.equals("null"))
            .map(
                type ->
                    switch (type) {
                      case "string" -> "text";
                      case "number" -> "a number";
                      case "integer" -> "a whole number";
                      case "boolean" -> "true or false";
                      case "array" -> "a list";
                      default -> "a map of keys";
                    })
            .toList());
  }

  private static String shown(Error error) {
    return Printable.shortened(error.getProperty());
  }
}
