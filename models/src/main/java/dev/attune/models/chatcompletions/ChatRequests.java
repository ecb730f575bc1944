package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.models.ModelException;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.ToolDefinition;
import dev.attune.models.fault.ModelService;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes requests in the form of LangChain4j. */
final class ChatRequests {
  private final ModelService service;
  private final boolean openAi;

  /**
   * Creates a writer of requests to one service.
   *
   * @param openAi whether it is OpenAI's own, which takes the limit of an answer by another name
   */
  ChatRequests(ModelService service, boolean openAi) {
    this.service = service;
    this.openAi = openAi;
  }

  /**
   * Returns the request to send.
   *
   * @throws ModelException if the API cannot take a part of it
   */
  ChatRequest of(ModelRequest request) throws ModelException {
    if (request.cached() != null) {
      throw service.unsupported("cached content");
    }
    List<ChatMessage> messages = new ArrayList<>();
    String system = request.system();
    if (system != null && !system.isBlank()) {
      messages.add(SystemMessage.from(system));
    }
    for (ModelTurn turn : request.turns()) {
      switch (turn.role()) {
        case USER -> messages.add(user(turn));
        case MODEL -> messages.add(model(turn));
        case TOOL -> messages.addAll(results(turn));
      }
    }
    return ChatRequest.builder().messages(messages).parameters(parameters(request)).build();
  }

  private OpenAiChatRequestParameters parameters(ModelRequest request) throws ModelException {
    Sampling sampling = request.sampling();
    OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
    parameters.temperature(sampling.temperature());
    if (openAi) {
      parameters.maxCompletionTokens(sampling.maxOutputTokens());
    } else {
      parameters.maxOutputTokens(sampling.maxOutputTokens());
    }
    parameters.seed(sampling.seed());
    String thinking = sampling.thinking();
    if (thinking != null) {
      parameters.reasoningEffort(effort(thinking));
    }
    // As they are: LangChain4j has its own schemas, which know less than JSON Schema.
    Map<String, Object> asTheyAre = new LinkedHashMap<>();
    if (!request.tools().isEmpty()) {
      asTheyAre.put("tools", tools(request.tools()));
    }
    if (request.schema() != null) {
      ObjectNode format = JsonNodeFactory.instance.objectNode().put("type", "json_schema");
      format
          .putObject("json_schema")
          .put("name", "answer")
          .put("strict", StrictSchema.isOne(request.schema()))
          .set("schema", request.schema());
      asTheyAre.put("response_format", format);
    }
    return parameters.customParameters(asTheyAre).build();
  }

  private String effort(String thinking) throws ModelException {
    return switch (thinking) {
      case "off" -> "none";
      case "low", "high" -> thinking;
      default -> throw service.unsupported("a number of tokens as thinking; use off, low or high");
    };
  }

  private static ArrayNode tools(List<ToolDefinition> definitions) {
    ArrayNode tools = JsonNodeFactory.instance.arrayNode();
    for (ToolDefinition definition : definitions) {
      tools
          .addObject()
          .put("type", "function")
          .putObject("function")
          .put("name", definition.name())
          .put("description", definition.description())
          .set("parameters", definition.arguments());
    }
    return tools;
  }

  private UserMessage user(ModelTurn turn) throws ModelException {
    List<Content> contents = new ArrayList<>();
    for (ModelTurn.Part part : turn.parts()) {
      if (part instanceof ModelTurn.Text text) {
        contents.add(TextContent.from(text.text()));
      } else if (part instanceof ModelTurn.Media media) {
        contents.add(file(media));
      } else {
        throw new IllegalArgumentException("a user's turn has " + part.getClass());
      }
    }
    return UserMessage.from(contents);
  }

  private Content file(ModelTurn.Media media) throws ModelException {
    String type = media.mimeType();
    String bytes = media.base64();
    String uri = media.uri();
    boolean named = uri != null && uri.startsWith("https://");
    if (bytes == null && !named) {
      throw service.unsupported("a file that is named by its address");
    }
    if (type.startsWith("image/")) {
      return bytes == null
          ? ImageContent.from(Objects.requireNonNull(uri))
          : ImageContent.from(bytes, type);
    }
    if (bytes != null && type.equals("application/pdf")) {
      return PdfFileContent.from(bytes, type);
    }
    if (bytes != null && type.startsWith("audio/")) {
      // The API names formats, not types, and LangChain4j takes the part after the slash.
      return switch (type) {
        case "audio/mpeg", "audio/mp3" -> AudioContent.from(bytes, "audio/mp3");
        case "audio/wav", "audio/x-wav", "audio/wave" -> AudioContent.from(bytes, "audio/wav");
        default -> throw service.unsupported("a file of type " + type);
      };
    }
    throw service.unsupported("a file of type " + type);
  }

  private static AiMessage model(ModelTurn turn) {
    StringBuilder text = new StringBuilder();
    List<ToolExecutionRequest> calls = new ArrayList<>();
    for (ModelTurn.Part part : turn.parts()) {
      if (part instanceof ModelTurn.Text said) {
        text.append(said.text());
      } else if (part instanceof ModelTurn.ToolCall call) {
        calls.add(
            ToolExecutionRequest.builder()
                .id(call.id().isEmpty() ? "call_" + calls.size() : call.id())
                .name(call.tool())
                .arguments(
                    call.arguments().isTextual()
                        ? call.arguments().textValue()
                        : call.arguments().toString())
                .build());
      } else {
        throw new IllegalArgumentException("a model's turn has " + part.getClass());
      }
    }
    AiMessage.Builder message = AiMessage.builder().toolExecutionRequests(calls);
    return (calls.isEmpty() || text.length() > 0 ? message.text(text.toString()) : message).build();
  }

  private static List<ChatMessage> results(ModelTurn turn) {
    List<ChatMessage> results = new ArrayList<>();
    for (ModelTurn.Part part : turn.parts()) {
      if (!(part instanceof ModelTurn.ToolResult result)) {
        throw new IllegalArgumentException("a turn of results has " + part.getClass());
      }
      results.add(
          ToolExecutionResultMessage.from(
              result.id().isEmpty() ? "call_" + results.size() : result.id(),
              result.tool(),
              result.result()));
    }
    return results;
  }
}
