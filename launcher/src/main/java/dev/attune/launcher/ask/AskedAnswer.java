package dev.attune.launcher.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.launcher.ask.tool.ToolBox.CalledTool;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.models.ModelReply;
import dev.attune.models.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param reply the last reply
 * @param text of the reply; with a JSON Schema, JSON without a code fence around it
 * @param value with a JSON Schema: the JSON value of the answer; else null
 * @param usage tokens of all requests
 * @param calls of tools, in order
 * @param failure why it is not a complete and valid answer, or null if it is one
 */
public record AskedAnswer(
    ModelReply reply,
    String text,
    @Nullable JsonNode value,
    Usage usage,
    List<CalledTool> calls,
    @Nullable CommandFailure failure) {
  public AskedAnswer {
    calls = List.copyOf(calls);
  }
}
