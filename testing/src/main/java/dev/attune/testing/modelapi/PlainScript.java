package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** The script of a stub that was told nothing. */
final class PlainScript {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int WORDS = 8;

  private PlainScript() {}

  static ScriptedAnswer answer(ModelPrompt prompt) {
    if (!prompt.tools().isEmpty() && !prompt.hasResults()) {
      ModelPrompt.OfferedTool tool = prompt.tools().get(0);
      return ScriptedAnswer.calling(
          new ScriptedAnswer.Call(tool.name(), smallest(tool.arguments())));
    }
    JsonNode schema = prompt.schema();
    if (schema != null) {
      return ScriptedAnswer.of(smallest(schema).toString());
    }
    String[] words = prompt.lastText().strip().split("\\s+", -1);
    StringBuilder text = new StringBuilder("Answer ").append(hash(prompt)).append(" to:");
    for (int i = 0; i < Math.min(WORDS, words.length); i++) {
      text.append(' ').append(words[i]);
    }
    return ScriptedAnswer.of(text.toString());
  }

  private static String hash(ModelPrompt prompt) {
    int hash = prompt.system().hashCode();
    for (ModelPrompt.PromptTurn turn : prompt.turns()) {
      hash = 31 * hash + turn.text().hashCode();
    }
    return String.format(Locale.ROOT, "%08x", hash);
  }

  /** Returns a value that a JSON Schema allows, for the usual keywords. */
  static JsonNode smallest(JsonNode schema) {
    if (schema.path("enum").isArray()) {
      return schema.path("enum").path(0);
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.path("anyOf").isArray()) {
      return smallest(schema.path("anyOf").path(0));
    }
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.path(0).asText() : type.asText("object")) {
      case "string" -> JSON.textNode("x".repeat(Math.max(1, schema.path("minLength").asInt())));
      case "integer" -> JSON.numberNode(schema.path("minimum").asInt());
      case "number" -> JSON.numberNode(schema.path("minimum").asDouble());
      case "boolean" -> JSON.booleanNode(true);
      case "null" -> JSON.nullNode();
      case "array" -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < schema.path("minItems").asInt(1); i++) {
          array.add(smallest(schema.path("items")));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        schema
            .path("properties")
            .properties()
            .forEach(property -> object.set(property.getKey(), smallest(property.getValue())));
        yield object;
      }
    };
  }
}
