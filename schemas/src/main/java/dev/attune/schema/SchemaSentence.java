package dev.attune.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;

/** Says in plain words what keyword of a schema a value does not meet. */
final class SchemaSentence {
  private SchemaSentence() {}

  static String of(Error error) {
    JsonNode rule = error.getSchemaNode();
    if (rule == null) {
      return error.getMessage();
    }
    return switch (error.getKeyword()) {
      case "type" -> type(error.getInstanceNode(), rule);
      case "enum" -> "must be " + alternatives(rule);
      case "const" -> "must be " + rule.asText();
      case "required" -> "has no " + quoted(error.getProperty());
      case "additionalProperties" -> "has the unknown key " + quoted(error.getProperty());
      case "minimum" -> "must be at least " + rule.asText();
      case "maximum" -> "must be at most " + rule.asText();
      case "exclusiveMinimum" -> "must be more than " + rule.asText();
      case "exclusiveMaximum" -> "must be less than " + rule.asText();
      case "multipleOf" -> "must be a multiple of " + rule.asText();
      case "minLength" -> rule.asInt() == 1 ? "is empty" : error.getMessage();
      case "maxLength" -> "must have at most " + counted(rule.asInt(), "character");
      case "minItems" -> rule.asInt() == 1 ? "is an empty list" : error.getMessage();
      case "uniqueItems" -> "names something twice";
      case "pattern" ->
          rule.asText().equals("\\S") ? "is blank" : "must have the form " + rule.asText();
      default -> error.getMessage();
    };
  }

  private static String type(JsonNode value, JsonNode rule) {
    List<String> types = new ArrayList<>();
    if (rule.isArray()) {
      rule.forEach(e -> types.add(e.asText()));
    } else {
      types.add(rule.asText());
    }
    if (value.isNull()) {
      return "has no value, must be " + expected(types);
    }
    String advice = types.contains("string") && !value.isContainerNode() ? "; quote it" : "";
    String actual = value.isNumber() && types.contains("integer") ? "a fraction" : actual(value);
    return "is " + actual + ", must be " + expected(types) + advice;
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

  private static String alternatives(JsonNode rule) {
    List<String> names = new ArrayList<>();
    rule.forEach(e -> names.add(e.asText()));
    return Printable.either(names);
  }

  private static String counted(int n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  private static String quoted(String name) {
    return '"' + Printable.shortened(name) + '"';
  }
}
