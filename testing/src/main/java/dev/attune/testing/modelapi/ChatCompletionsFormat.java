package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.modelapi.ModelPrompt.OfferedTool;
import dev.attune.testing.modelapi.ModelPrompt.PromptTurn;
import dev.attune.testing.modelapi.ModelPrompt.Speaker;
import dev.attune.testing.modelapi.ScriptedAnswer.Ending;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions. */
final class ChatCompletionsFormat implements WireFormat {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int CREATED = 1_790_000_000;

  @Override
  public ModelPrompt prompt(String path, String key, JsonNode body) {
    StringBuilder system = new StringBuilder();
    List<PromptTurn> turns = new ArrayList<>();
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asText();
      if (role.equals("system") || role.equals("developer")) {
        system.append(text(message.path("content")));
      } else {
        Speaker speaker =
            switch (role) {
              case "assistant" -> Speaker.MODEL;
              case "tool" -> Speaker.TOOL;
              default -> Speaker.USER;
            };
        turns.add(
            new PromptTurn(speaker, text(message.path("content")), media(message.path("content"))));
      }
    }
    List<OfferedTool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      tools.add(new OfferedTool(function.path("name").asText(), function.path("parameters")));
    }
    JsonNode schema = body.path("response_format").path("json_schema").path("schema");
    return new ModelPrompt(
        ModelPrompt.Api.OPENAI,
        path,
        body.path("model").asText(),
        system.toString(),
        turns,
        tools,
        schema.isMissingNode() ? null : schema,
        body.path("stream").asBoolean(),
        key,
        body);
  }

  private static String text(JsonNode content) {
    if (content.isTextual()) {
      return content.textValue();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText(""));
    }
    return text.toString();
  }

  private static List<String> media(JsonNode content) {
    List<String> media = new ArrayList<>();
    for (JsonNode part : content) {
      switch (part.path("type").asText()) {
        case "image_url" -> media.add(type(part.path("image_url").path("url").asText()));
        case "file" -> media.add(type(part.path("file").path("file_data").asText()));
        case "input_audio" ->
            media.add("audio/" + part.path("input_audio").path("format").asText());
        default -> {}
      }
    }
    return media;
  }

  private static String type(String url) {
    return url.startsWith("data:") ? url.substring("data:".length(), url.indexOf(';')) : "url";
  }

  @Override
  public JsonNode answer(ModelPrompt prompt, ScriptedAnswer answer) {
    ObjectNode whole = frame(prompt, "chat.completion");
    ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    boolean refused = answer.ending() == Ending.REFUSED;
    message.put("content", refused || answer.text().isEmpty() ? null : answer.text());
    message.put("refusal", refused ? answer.text() : null);
    if (!answer.thoughts().isEmpty()) {
      message.put("reasoning_content", answer.thoughts());
    }
    if (!answer.calls().isEmpty()) {
      message.set("tool_calls", calls(answer));
    }
    choice.put("finish_reason", reason(answer));
    whole.set("usage", usage(prompt, answer));
    return whole;
  }

  @Override
  public List<String> events(ModelPrompt prompt, ScriptedAnswer answer) {
    List<String> events = new ArrayList<>();
    events.add(chunk(prompt, JSON.objectNode().put("role", "assistant").put("content", ""), null));
    if (!answer.thoughts().isEmpty()) {
      events.add(
          chunk(prompt, JSON.objectNode().put("reasoning_content", answer.thoughts()), null));
    }
    String field = answer.ending() == Ending.REFUSED ? "refusal" : "content";
    for (String piece : answer.pieces()) {
      events.add(chunk(prompt, JSON.objectNode().put(field, piece), null));
    }
    for (JsonNode call : calls(answer)) {
      ObjectNode delta = JSON.objectNode();
      delta.putArray("tool_calls").add(call);
      events.add(chunk(prompt, delta, null));
    }
    events.add(chunk(prompt, JSON.objectNode(), reason(answer)));
    if (prompt.body().path("stream_options").path("include_usage").asBoolean()) {
      ObjectNode last = frame(prompt, "chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage(prompt, answer));
      events.add(last.toString());
    }
    events.add("[DONE]");
    return events;
  }

  private static String chunk(ModelPrompt prompt, ObjectNode delta, @Nullable String reason) {
    ObjectNode chunk = frame(prompt, "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", reason);
    return chunk.toString();
  }

  private static ObjectNode frame(ModelPrompt prompt, String kind) {
    return JSON.objectNode()
        .put("id", "chatcmpl-" + Integer.toHexString(prompt.body().hashCode()))
        .put("object", kind)
        .put("created", CREATED)
        .put("model", prompt.model() + "-2026-11-01");
  }

  private static ArrayNode calls(ScriptedAnswer answer) {
    ArrayNode calls = JSON.arrayNode();
    for (ScriptedAnswer.Call call : answer.calls()) {
      calls
          .addObject()
          .put("index", calls.size() - 1)
          .put("id", "call_" + call.tool() + calls.size())
          .put("type", "function")
          .putObject("function")
          .put("name", call.tool())
          .put("arguments", call.arguments().toString());
    }
    return calls;
  }

  private static String reason(ScriptedAnswer answer) {
    return switch (answer.ending()) {
      case CUT_OFF -> "length";
      case BLOCKED, PROMPT_BLOCKED -> "content_filter";
      case COMPLETE, REFUSED -> answer.calls().isEmpty() ? "stop" : "tool_calls";
    };
  }

  private static ObjectNode usage(ModelPrompt prompt, ScriptedAnswer answer) {
    int input = ScriptedAnswer.tokens(prompt.system()) + answer.cachedTokens();
    for (PromptTurn turn : prompt.turns()) {
      input += ScriptedAnswer.tokens(turn.text());
    }
    int thoughts = ScriptedAnswer.tokens(answer.thoughts());
    int output = ScriptedAnswer.tokens(answer.text()) + thoughts;
    ObjectNode usage =
        JSON.objectNode()
            .put("prompt_tokens", input)
            .put("completion_tokens", output)
            .put("total_tokens", input + output);
    usage.putObject("prompt_tokens_details").put("cached_tokens", answer.cachedTokens());
    usage.putObject("completion_tokens_details").put("reasoning_tokens", thoughts);
    return usage;
  }

  @Override
  public JsonNode error(ModelFaults.ApiError error) {
    String code =
        error.code().isEmpty()
            ? switch (error.status()) {
              case 401 -> "invalid_api_key";
              case 404 -> "model_not_found";
              case 429 -> "rate_limit_exceeded";
              default -> error.status() < 500 ? "invalid_request_error" : "server_error";
            }
            : error.code();
    ObjectNode answer = JSON.objectNode();
    answer
        .putObject("error")
        .put("message", "The stub answers " + error.status() + ".")
        .put("type", code)
        .putNull("param")
        .put("code", code);
    return answer;
  }
}
