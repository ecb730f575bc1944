package dev.attune.models.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.bytes.Sha256;
import dev.attune.models.CachedPrefix;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ModelTurn.Media;
import dev.attune.models.ModelTurn.Part;
import dev.attune.models.ModelTurn.Text;
import dev.attune.models.ModelTurn.ToolCall;
import dev.attune.models.ModelTurn.ToolResult;
import dev.attune.models.Sampling;
import dev.attune.models.ToolDefinition;
import dev.attune.schema.CanonicalJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests as JSON for their hashes: the same request has the same bytes in every version.
 * Keys are sorted, numbers have one form, and what is null or empty is left out.
 */
final class RequestJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RequestJson() {}

  /** Returns the hash of a request without its candidate, as 64 hex digits. */
  static String hash(ModelRequest request) {
    return Sha256.hex(bytes(request(request)));
  }

  /** Returns the hash of a model and a request's hash. The model's family does not matter. */
  static String hash(ModelIdentity model, String request) {
    ObjectNode both = JSON.objectNode();
    both.put("provider", model.provider());
    both.put("model", model.model());
    both.put("address", model.address());
    both.put("request", request);
    return Sha256.hex(bytes(both));
  }

  private static byte[] bytes(JsonNode node) {
    return sorted(CanonicalJson.normal(node)).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      TreeMap<String, JsonNode> keys = new TreeMap<>();
      node.properties().forEach(entry -> keys.put(entry.getKey(), sorted(entry.getValue())));
      return JSON.objectNode().setAll(keys);
    }
    if (node.isArray()) {
      ArrayNode elements = JSON.arrayNode();
      node.forEach(element -> elements.add(sorted(element)));
      return elements;
    }
    return node;
  }

  private static ObjectNode request(ModelRequest request) {
    ObjectNode node = JSON.objectNode();
    put(node, "system", request.system());
    ArrayNode turns = node.putArray("turns");
    request.turns().forEach(turn -> turns.add(turn(turn)));
    if (!request.tools().isEmpty()) {
      ArrayNode tools = node.putArray("tools");
      request.tools().forEach(tool -> tools.add(tool(tool)));
    }
    if (request.schema() != null) {
      node.set("schema", request.schema());
    }
    node.set("sampling", sampling(request.sampling()));
    CachedPrefix cached = request.cached();
    put(node, "cachedContent", cached == null ? null : cached.contentHash());
    return node;
  }

  private static ObjectNode sampling(Sampling sampling) {
    ObjectNode node = JSON.objectNode();
    Double temperature = sampling.temperature();
    if (temperature != null) {
      node.put("temperature", BigDecimal.valueOf(temperature));
    }
    if (sampling.maxOutputTokens() != null) {
      node.put("maxOutputTokens", sampling.maxOutputTokens());
    }
    if (sampling.seed() != null) {
      node.put("seed", sampling.seed());
    }
    put(node, "thinking", sampling.thinking());
    return node;
  }

  private static ObjectNode tool(ToolDefinition tool) {
    ObjectNode node = JSON.objectNode();
    node.put("name", tool.name());
    node.put("description", tool.description());
    node.set("arguments", tool.arguments());
    return node;
  }

  private static ObjectNode turn(ModelTurn turn) {
    ObjectNode node = JSON.objectNode();
    node.put("role", turn.role().name());
    ArrayNode parts = node.putArray("parts");
    turn.parts().forEach(part -> parts.add(part(part)));
    return node;
  }

  private static ObjectNode part(Part part) {
    ObjectNode node = JSON.objectNode();
    if (part instanceof Text text) {
      node.put("text", text.text());
    } else if (part instanceof Media media) {
      node.put("mimeType", media.mimeType());
      put(node, "base64", media.base64());
      put(node, "uri", media.uri());
    } else if (part instanceof ToolCall call) {
      node.set("call", ReplyJson.toolCall(call));
    } else if (part instanceof ToolResult result) {
      ObjectNode of = node.putObject("result");
      of.put("id", result.id());
      of.put("tool", result.tool());
      of.put("result", result.result());
    } else {
      throw new AssertionError(part);
    }
    return node;
  }

  private static void put(ObjectNode node, String key, @Nullable String text) {
    if (text != null) {
      node.put(key, text);
    }
  }
}
