package dev.attune.launcher.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.schema.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A document of failure.schema.json: what {@code --json} prints when a command fails. */
final class FailureJson {
  private FailureJson() {}

  /**
   * The one document of a command that failed.
   *
   * @param result the document that the command printed before it failed, whose members stay; empty
   *     where it printed none
   * @param exit the number that the process ends with
   */
  static String of(
      String result, FailureCode code, int exit, String message, List<ReportedFault> faults) {
    ObjectNode root = members(result);
    ObjectNode error = root.putObject("error");
    error.put("code", code.name());
    error.put("exitCode", exit);
    error.put("message", message);
    ArrayNode list = error.putArray("faults");
    for (ReportedFault fault : faults) {
      ObjectNode node = list.addObject();
      node.put("file", fault.file());
      node.put("line", fault.line() == 0 ? null : Integer.valueOf(fault.line()));
      node.put("key", fault.key());
      node.put("message", fault.message());
    }
    return new String(CanonicalJson.pretty(root), StandardCharsets.UTF_8);
  }

  private static ObjectNode members(String result) {
    try {
      JsonNode read =
          result.isBlank() ? null : CanonicalJson.read(result.getBytes(StandardCharsets.UTF_8));
      return read instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode(); // It broke off in the middle.
    }
  }
}
