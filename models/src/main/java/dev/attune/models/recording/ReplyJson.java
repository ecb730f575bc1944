package dev.attune.models.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.bytes.Utf8;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelTurn.ToolCall;
import dev.attune.models.Usage;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes replies as JSON, and reads them again. */
public final class ReplyJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ReplyJson() {}

  /** Returns a reply as one line of JSON. */
  public static String write(ModelReply reply) {
    return text(node(reply));
  }

  /** Returns JSON with half surrogate pairs as escapes, because UTF-8 does not have them. */
  static String text(ObjectNode node) {
    String json = node.toString();
    if (!Utf8.hasLoneSurrogate(json)) {
      return json;
    }
    StringBuilder escaped = new StringBuilder();
    json.codePoints()
        .forEach(
            c -> {
              if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                escaped.append("\\u").append(Integer.toHexString(c));
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }

  /**
   * Returns the reply that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static ModelReply read(String json) {
    try {
      return reply(CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8)));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no reply", e);
    }
  }

  static ObjectNode node(ModelReply reply) {
    ObjectNode node = JSON.objectNode();
    node.put("text", reply.text());
    node.put("thoughts", reply.thoughts());
    ArrayNode calls = node.putArray("toolCalls");
    reply.toolCalls().forEach(call -> calls.add(toolCall(call)));
    node.put("finish", reply.finish().name());
    node.put("finishDetail", reply.finishDetail());
    ObjectNode usage = node.putObject("usage");
    usage.put("input", reply.usage().input());
    usage.put("cachedInput", reply.usage().cachedInput());
    usage.put("output", reply.usage().output());
    usage.put("thinking", reply.usage().thinking());
    node.put("modelVersion", reply.modelVersion());
    return node;
  }

  static ModelReply reply(JsonNode node) {
    JsonNode finish = node.path("finish");
    if (!finish.isTextual() || !node.path("text").isTextual()) {
      throw new IllegalArgumentException("no reply");
    }
    List<ToolCall> calls = new ArrayList<>();
    node.path("toolCalls").forEach(call -> calls.add(toolCall(call)));
    JsonNode usage = node.path("usage");
    return new ModelReply(
        node.path("text").textValue(),
        node.path("thoughts").asText(""),
        calls,
        Finish.valueOf(finish.textValue()),
        node.path("finishDetail").asText(""),
        new Usage(
            usage.path("input").asLong(),
            usage.path("cachedInput").asLong(),
            usage.path("output").asLong(),
            usage.path("thinking").asLong()),
        node.path("modelVersion").asText(""),
        null);
  }

  static ObjectNode toolCall(ToolCall call) {
    ObjectNode node = JSON.objectNode();
    node.put("id", call.id());
    node.put("tool", call.tool());
    node.set("arguments", call.arguments());
    if (call.signature() != null) {
      node.put("signature", call.signature());
    }
    return node;
  }

  private static ToolCall toolCall(JsonNode node) {
    return new ToolCall(
        node.path("id").asText(),
        node.path("tool").asText(),
        node.path("arguments"),
        text(node, "signature"));
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? node.path(key).asText() : null;
  }
}
