package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.modelapi.ModelPrompt.OfferedTool;
import dev.attune.testing.modelapi.ModelPrompt.PromptTurn;
import dev.attune.testing.modelapi.ModelPrompt.Speaker;
import dev.attune.testing.modelapi.ScriptedAnswer.Ending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Gemini's generateContent, of Vertex AI and of the Gemini API. */
final class GenerateContentFormat implements WireFormat {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String STREAM = ":streamGenerateContent";

  @Override
  public ModelPrompt prompt(String path, String key, JsonNode body) {
    List<PromptTurn> turns = new ArrayList<>();
    for (JsonNode content : body.path("contents")) {
      turns.add(turn(content));
    }
    List<OfferedTool> tools = new ArrayList<>();
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        tools.add(
            new OfferedTool(function.path("name").asText(), function.path("parametersJsonSchema")));
      }
    }
    JsonNode schema = body.path("generationConfig").path("responseJsonSchema");
    return new ModelPrompt(
        ModelPrompt.Api.GEMINI,
        path,
        model(path),
        turn(body.path("systemInstruction")).text(),
        turns,
        tools,
        schema.isMissingNode() ? null : schema,
        path.endsWith(STREAM),
        key,
        body);
  }

  /** Returns the name behind {@code /models/}, or {@code projects/…/endpoints/…} of a path. */
  private static String model(String path) {
    String named = path.substring(0, path.lastIndexOf(':'));
    int models = named.lastIndexOf("/models/");
    return models >= 0
        ? named.substring(models + "/models/".length())
        : named.substring(Math.max(0, named.indexOf("projects/")));
  }

  private static PromptTurn turn(JsonNode content) {
    StringBuilder text = new StringBuilder();
    List<String> media = new ArrayList<>();
    boolean results = false;
    for (JsonNode part : content.path("parts")) {
      text.append(part.path("text").asText(""));
      JsonNode result = part.path("functionResponse").path("response");
      if (result.isObject()) {
        results = true;
        text.append(result.path("output").asText(result.toString()));
      }
      if (part.has("inlineData")) {
        media.add(part.path("inlineData").path("mimeType").asText());
      }
      if (part.has("fileData")) {
        media.add(part.path("fileData").path("mimeType").asText());
      }
    }
    Speaker speaker =
        content.path("role").asText().equals("model")
            ? Speaker.MODEL
            : results ? Speaker.TOOL : Speaker.USER;
    return new PromptTurn(speaker, text.toString(), media);
  }

  @Override
  public JsonNode answer(ModelPrompt prompt, ScriptedAnswer answer) {
    ObjectNode whole = frame(prompt);
    if (answer.ending() == Ending.PROMPT_BLOCKED) {
      return blocked(whole, prompt, answer);
    }
    ArrayNode parts = JSON.arrayNode();
    if (!answer.thoughts().isEmpty()) {
      parts.addObject().put("text", answer.thoughts()).put("thought", true);
    }
    if (!answer.text().isEmpty()) {
      parts.addObject().put("text", answer.text());
    }
    parts.addAll(calls(answer));
    candidate(whole, parts, reason(answer));
    whole.set("usageMetadata", usage(prompt, answer));
    return whole;
  }

  private static ObjectNode blocked(ObjectNode whole, ModelPrompt prompt, ScriptedAnswer answer) {
    whole.putObject("promptFeedback").put("blockReason", "SAFETY");
    whole.set("usageMetadata", usage(prompt, answer));
    return whole;
  }

  @Override
  public List<String> events(ModelPrompt prompt, ScriptedAnswer answer) {
    List<String> events = new ArrayList<>();
    if (answer.ending() == Ending.PROMPT_BLOCKED) {
      return List.of(blocked(frame(prompt), prompt, answer).toString());
    }
    if (!answer.thoughts().isEmpty()) {
      ArrayNode parts = JSON.arrayNode();
      parts.addObject().put("text", answer.thoughts()).put("thought", true);
      events.add(candidate(frame(prompt), parts, "").toString());
    }
    for (String piece : answer.pieces()) {
      ArrayNode parts = JSON.arrayNode();
      parts.addObject().put("text", piece);
      events.add(candidate(frame(prompt), parts, "").toString());
    }
    ObjectNode last = candidate(frame(prompt), calls(answer), reason(answer));
    last.set("usageMetadata", usage(prompt, answer));
    events.add(last.toString());
    return events;
  }

  private static ObjectNode frame(ModelPrompt prompt) {
    String name = prompt.model().substring(prompt.model().lastIndexOf('/') + 1);
    return JSON.objectNode()
        .put("responseId", Integer.toHexString(prompt.body().hashCode()))
        .put("modelVersion", name + "-001");
  }

  private static ObjectNode candidate(ObjectNode whole, ArrayNode parts, String reason) {
    ObjectNode candidate = whole.putArray("candidates").addObject().put("index", 0);
    candidate.putObject("content").put("role", "model").set("parts", parts);
    if (!reason.isEmpty()) {
      candidate.put("finishReason", reason);
    }
    return whole;
  }

  private static ArrayNode calls(ScriptedAnswer answer) {
    ArrayNode parts = JSON.arrayNode();
    for (ScriptedAnswer.Call call : answer.calls()) {
      ObjectNode part = parts.addObject();
      part.putObject("functionCall")
          .put("id", "fc-" + call.tool() + parts.size())
          .put("name", call.tool())
          .set("args", call.arguments());
      part.put("thoughtSignature", signature(call.tool()));
    }
    return parts;
  }

  /** Returns the signature that must come back with a call of this function. */
  static String signature(String tool) {
    return Base64.getEncoder()
        .encodeToString(("signature of " + tool).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns whether every call among the turns came back with its signature. */
  static boolean isSigned(JsonNode body) {
    for (JsonNode content : body.path("contents")) {
      for (JsonNode part : content.path("parts")) {
        if (part.has("functionCall")
            && !signature(part.path("functionCall").path("name").asText())
                .equals(part.path("thoughtSignature").asText())) {
          return false;
        }
      }
    }
    return true;
  }

  private static String reason(ScriptedAnswer answer) {
    return switch (answer.ending()) {
      case CUT_OFF -> "MAX_TOKENS";
      case BLOCKED, PROMPT_BLOCKED -> "SAFETY";
      case COMPLETE, REFUSED -> "STOP";
    };
  }

  private static ObjectNode usage(ModelPrompt prompt, ScriptedAnswer answer) {
    int input = ScriptedAnswer.tokens(prompt.system()) + answer.cachedTokens();
    for (PromptTurn turn : prompt.turns()) {
      input += ScriptedAnswer.tokens(turn.text());
    }
    int output = ScriptedAnswer.tokens(answer.text());
    int thoughts = ScriptedAnswer.tokens(answer.thoughts());
    ObjectNode usage =
        JSON.objectNode()
            .put("promptTokenCount", input)
            .put("candidatesTokenCount", output)
            .put("totalTokenCount", input + output + thoughts);
    if (thoughts > 0) {
      usage.put("thoughtsTokenCount", thoughts);
    }
    if (answer.cachedTokens() > 0) {
      usage.put("cachedContentTokenCount", answer.cachedTokens());
    }
    return usage;
  }

  @Override
  public JsonNode error(ModelFaults.ApiError error) {
    String status =
        error.code().isEmpty()
            ? switch (error.status()) {
              case 400 -> "INVALID_ARGUMENT";
              case 401 -> "UNAUTHENTICATED";
              case 403 -> "PERMISSION_DENIED";
              case 404 -> "NOT_FOUND";
              case 429 -> "RESOURCE_EXHAUSTED";
              case 503 -> "UNAVAILABLE";
              default -> "INTERNAL";
            }
            : error.code();
    ObjectNode answer = JSON.objectNode();
    answer
        .putObject("error")
        .put("code", error.status())
        .put("message", "The stub answers " + error.status() + ".")
        .put("status", status);
    return answer;
  }
}
