package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.attune.catalog.TokenEstimate;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.RequestTokens;
import dev.attune.models.Usage;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads replies in the form of LangChain4j, and what that leaves out from the answer itself. */
final class ChatReplies {
  private final ModelRequest request;
  private final String model;

  /**
   * Creates a reader of replies to one request.
   *
   * @param model its name, for hosts that do not say which version answered
   */
  ChatReplies(ModelRequest request, String model) {
    this.request = request;
    this.model = model;
  }

  /** Returns the reply of an answer that came at once. */
  ModelReply ofAnswer(ChatResponse response) {
    OpenAiChatResponseMetadata metadata = (OpenAiChatResponseMetadata) response.metadata();
    SuccessfulHttpResponse raw = metadata.rawHttpResponse();
    JsonNode answer = DeadlineHttpClient.parse(raw.body());
    return reply(
        response.aiMessage(),
        answer.path("choices").path(0).path("finish_reason").asText(""),
        "",
        answer);
  }

  /** Returns the reply of a stream that ended. */
  ModelReply ofStream(ChatResponse response) {
    OpenAiChatResponseMetadata metadata = (OpenAiChatResponseMetadata) response.metadata();
    String finish = "";
    StringBuilder refusal = new StringBuilder();
    JsonNode last = JsonNodeFactory.instance.objectNode();
    for (ServerSentEvent event : metadata.rawServerSentEvents()) {
      JsonNode chunk = DeadlineHttpClient.parse(event.data());
      JsonNode choice = chunk.path("choices").path(0);
      if (choice.hasNonNull("finish_reason")) {
        finish = choice.path("finish_reason").asText();
      }
      if (choice.path("delta").hasNonNull("refusal")) {
        refusal.append(choice.path("delta").path("refusal").asText());
      }
      if (chunk.hasNonNull("usage") || !last.hasNonNull("usage")) {
        last = chunk;
      }
    }
    return reply(response.aiMessage(), finish, refusal.toString(), last);
  }

  /** Returns the reply of an answer whose model refused; LangChain4j reads no such answer. */
  ModelReply ofRefusal(JsonNode answer) {
    String refusal =
        answer.path("choices").path(0).path("message").path("refusal").asText("").strip();
    return new ModelReply(
        refusal,
        "",
        List.of(),
        Finish.REFUSED,
        "refusal",
        usage(answer.path("usage"), refusal),
        answer.path("model").asText(model),
        null);
  }

  /** Returns the reply of a request that a filter blocked before the model read it. */
  ModelReply ofBlockedRequest(String code) {
    return new ModelReply("", "", List.of(), Finish.BLOCKED, code, Usage.NONE, model, null);
  }

  private ModelReply reply(AiMessage message, String finish, String refusal, JsonNode answer) {
    String text = Objects.requireNonNullElse(message.text(), "") + refusal;
    List<ModelTurn.ToolCall> calls = calls(message.toolExecutionRequests());
    return new ModelReply(
        text,
        Objects.requireNonNullElse(message.thinking(), ""),
        calls,
        refusal.isBlank() ? finish(finish, !calls.isEmpty()) : Finish.REFUSED,
        refusal.isBlank() ? finish : "refusal",
        usage(answer.path("usage"), text),
        answer.path("model").asText(model),
        null);
  }

  private static Finish finish(String word, boolean calls) {
    return switch (word) {
      case "length" -> Finish.CUT_OFF;
      case "content_filter" -> Finish.BLOCKED;
      case "tool_calls", "function_call" -> Finish.TOOL_CALLS;
      // Some hosts say stop also after calls of tools, and others leave the word out. The other
      // words are those of text-generation-inference and of hosts of Claude.
      case "stop", "", "eos_token", "stop_sequence", "end_turn" ->
          calls ? Finish.TOOL_CALLS : Finish.COMPLETE;
      default -> calls ? Finish.TOOL_CALLS : Finish.CUT_OFF;
    };
  }

  private static List<ModelTurn.ToolCall> calls(@Nullable List<ToolExecutionRequest> requests) {
    List<ModelTurn.ToolCall> calls = new ArrayList<>();
    if (requests != null) {
      for (ToolExecutionRequest request : requests) {
        String id = Objects.requireNonNullElse(request.id(), "");
        calls.add(
            new ModelTurn.ToolCall(
                id.isEmpty() ? "call_" + calls.size() : id,
                request.name(),
                arguments(request.arguments()),
                null));
      }
    }
    return calls;
  }

  /** Returns the arguments; as a text if they are not JSON, which models sometimes write. */
  private static JsonNode arguments(@Nullable String json) {
    if (json == null || json.isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode arguments = DeadlineHttpClient.parse(json);
    return arguments.isMissingNode() ? JsonNodeFactory.instance.textNode(json) : arguments;
  }

  /** Returns the tokens, estimated ones if the host reports none. */
  private Usage usage(JsonNode usage, String text) {
    if (!usage.isObject()) {
      return new Usage(
          RequestTokens.input(request), 0, TokenEstimate.tokens(TokenEstimate.units(text)), 0);
    }
    long prompt = count(usage.path("prompt_tokens"));
    long completion = count(usage.path("completion_tokens"));
    long cached = count(usage.path("prompt_tokens_details").path("cached_tokens"));
    long reasoning = count(usage.path("completion_tokens_details").path("reasoning_tokens"));
    // OpenAI counts thinking in the completion; some hosts count it only in the total.
    boolean apart = usage.path("total_tokens").asLong() == prompt + completion + reasoning;
    return new Usage(
        Math.max(0, prompt - cached),
        cached,
        apart ? completion : Math.max(0, completion - reasoning),
        reasoning);
  }

  /** Returns a number of tokens; 0 for a negative one, which would give money back. */
  private static long count(JsonNode tokens) {
    return Math.max(0, tokens.asLong());
  }
}
