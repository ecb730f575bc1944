package dev.attune.models.genai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.types.Candidate;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponsePromptFeedback;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.Part;
import dev.attune.catalog.TokenEstimate;
import dev.attune.models.ModelReply;
import dev.attune.models.ModelReply.Finish;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.ReplyListener;
import dev.attune.models.RequestTokens;
import dev.attune.models.Usage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts the parts of an answer together. Used by one thread. */
final class GenAiReply {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNSPECIFIED = "_UNSPECIFIED";
  private static final Set<String> FILTERS =
      Set.of(
          "SAFETY",
          "RECITATION",
          "LANGUAGE",
          "BLOCKLIST",
          "PROHIBITED_CONTENT",
          "SPII",
          "MODEL_ARMOR",
          "IMAGE_SAFETY",
          "IMAGE_PROHIBITED_CONTENT",
          "IMAGE_RECITATION");

  private final ReplyListener listener;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private final List<ModelTurn.ToolCall> calls = new ArrayList<>();
  private String reason = "";
  private String blocked = "";
  private String version;
  private @Nullable Usage usage;

  /**
   * Begins an answer.
   *
   * @param model its name, if the service does not say which version answered
   */
  GenAiReply(String model, ReplyListener listener) {
    this.version = model;
    this.listener = listener;
  }

  /** Adds a part and tells the listener. */
  void add(GenerateContentResponse part) {
    version = part.modelVersion().orElse(version);
    part.usageMetadata().ifPresent(counted -> usage = usage(counted));
    part.promptFeedback()
        .flatMap(GenerateContentResponsePromptFeedback::blockReason)
        .map(Object::toString)
        .filter(word -> !word.endsWith(UNSPECIFIED))
        .ifPresent(word -> blocked = word);
    Optional<Candidate> candidate = part.candidates().flatMap(all -> all.stream().findFirst());
    candidate
        .flatMap(Candidate::finishReason)
        .map(Object::toString)
        .filter(word -> !word.endsWith(UNSPECIFIED))
        .ifPresent(word -> reason = word);
    candidate
        .flatMap(Candidate::content)
        .flatMap(Content::parts)
        .orElse(List.of())
        .forEach(this::add);
  }

  private void add(Part part) {
    String more = part.text().orElse("");
    if (!more.isEmpty()) {
      if (part.thought().orElse(false)) {
        thoughts.append(more);
        listener.thoughts(more);
      } else {
        text.append(more);
        listener.text(more);
      }
    }
    part.functionCall().ifPresent(call -> calls.add(call(call, part)));
  }

  private static ModelTurn.ToolCall call(FunctionCall call, Part part) {
    JsonNode arguments = JSON.valueToTree(call.args().orElse(Map.of()));
    return new ModelTurn.ToolCall(
        call.id().orElse(""),
        call.name().orElse(""),
        arguments,
        part.thoughtSignature().map(Base64.getEncoder()::encodeToString).orElse(null));
  }

  /** Returns whether the service said how the answer ended. */
  boolean isComplete() {
    return !reason.isEmpty() || !blocked.isEmpty();
  }

  /** Returns the whole answer; tokens are estimated if the service counted none. */
  ModelReply reply(ModelRequest request) {
    return new ModelReply(
        text.toString(),
        thoughts.toString(),
        calls,
        finish(),
        blocked.isEmpty() ? reason : blocked,
        usage == null ? estimate(request) : usage,
        version,
        null);
  }

  private Usage estimate(ModelRequest request) {
    return new Usage(
        RequestTokens.input(request),
        0,
        TokenEstimate.tokens(TokenEstimate.units(text.toString())),
        TokenEstimate.tokens(TokenEstimate.units(thoughts.toString())));
  }

  private Finish finish() {
    if (!blocked.isEmpty() || FILTERS.contains(reason)) {
      return Finish.BLOCKED;
    }
    if (reason.equals("STOP")) {
      return calls.isEmpty() ? Finish.COMPLETE : Finish.TOOL_CALLS;
    }
    // MAX_TOKENS, and words for answers that broke off, such as MALFORMED_FUNCTION_CALL.
    return Finish.CUT_OFF;
  }

  private static Usage usage(GenerateContentResponseUsageMetadata counted) {
    int cached = counted.cachedContentTokenCount().orElse(0);
    // The count of the prompt includes the cached part; that of the candidates has no thoughts.
    return new Usage(
        Math.max(0, counted.promptTokenCount().orElse(0) - cached)
            + counted.toolUsePromptTokenCount().orElse(0),
        cached,
        counted.candidatesTokenCount().orElse(0),
        counted.thoughtsTokenCount().orElse(0));
  }
}
