package dev.attune.models.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;

/**
 * A line of a file of recorded answers: a JSON object with {@code request} (hash of the request),
 * {@code ordinal}, {@code provider}, {@code model}, {@code address} and {@code reply}.
 */
record RecordedLine(String request, int ordinal, ModelIdentity model, ModelReply reply) {

  /** Returns the key of the answer. */
  RequestKey key() {
    return new RequestKey(RequestJson.hash(model, request), request, ordinal);
  }

  /** Returns the line with its line feed. */
  byte[] bytes() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("request", request);
    node.put("ordinal", ordinal);
    node.put("provider", model.provider());
    node.put("model", model.model());
    node.put("address", model.address());
    node.set("reply", ReplyJson.node(reply));
    return (ReplyJson.text(node) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Parses a line.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static RecordedLine parse(byte[] line) {
    JsonNode node;
    try {
      node = CanonicalJson.read(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
    if (!node.path("request").isTextual() || !node.path("reply").isObject()) {
      throw new IllegalArgumentException("no recorded answer");
    }
    return new RecordedLine(
        node.path("request").textValue(),
        node.path("ordinal").asInt(),
        new ModelIdentity(
            node.path("provider").asText(),
            node.path("model").asText(),
            node.path("address").asText(),
            ""),
        ReplyJson.reply(node.path("reply")));
  }
}
