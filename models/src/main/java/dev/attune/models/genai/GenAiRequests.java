package dev.attune.models.genai;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.genai.types.AutomaticFunctionCallingConfig;
import com.google.genai.types.Blob;
import com.google.genai.types.Content;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.FileData;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.Part;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.ThinkingLevel;
import com.google.genai.types.Tool;
import dev.attune.models.ModelRequest;
import dev.attune.models.ModelTurn;
import dev.attune.models.Sampling;
import dev.attune.models.ToolDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Writes requests in the form of google-genai. */
final class GenAiRequests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /** Models that think by levels. Older ones and tuned endpoints take a budget in tokens. */
  private static final Pattern LEVELS = Pattern.compile("gemini-([3-9]|[1-9][0-9]).*");

  private static final int LOW = 1024;
  private static final int HIGH = 24_576;

  private GenAiRequests() {}

  /** Returns the conversation. */
  static List<Content> contents(ModelRequest request) {
    List<Content> contents = new ArrayList<>();
    for (ModelTurn turn : request.turns()) {
      String role =
          switch (turn.role()) {
            case USER, TOOL -> "user";
            case MODEL -> "model";
          };
      contents.add(
          Content.builder()
              .role(role)
              .parts(turn.parts().stream().map(GenAiRequests::part).toList())
              .build());
    }
    return contents;
  }

  private static Part part(ModelTurn.Part part) {
    Part.Builder written = Part.builder();
    if (part instanceof ModelTurn.Text text) {
      written.text(text.text());
    } else if (part instanceof ModelTurn.Media media) {
      file(media, written);
    } else if (part instanceof ModelTurn.ToolCall call) {
      FunctionCall.Builder function =
          FunctionCall.builder().name(call.tool()).args(object(call.arguments(), "arguments"));
      if (!call.id().isEmpty()) {
        function.id(call.id());
      }
      written.functionCall(function.build());
      if (call.signature() != null) {
        written.thoughtSignature(Base64.getDecoder().decode(call.signature()));
      }
    } else if (part instanceof ModelTurn.ToolResult result) {
      FunctionResponse.Builder function =
          FunctionResponse.builder()
              .name(result.tool())
              .response(Map.of("output", result.result()));
      if (!result.id().isEmpty()) {
        function.id(result.id());
      }
      written.functionResponse(function.build());
    }
    return written.build();
  }

  private static void file(ModelTurn.Media media, Part.Builder part) {
    if (media.base64() == null) {
      part.fileData(
          FileData.builder()
              .mimeType(media.mimeType())
              .fileUri(Objects.requireNonNull(media.uri()))
              .build());
    } else {
      part.inlineData(
          Blob.builder()
              .mimeType(media.mimeType())
              .data(Base64.getDecoder().decode(media.base64()))
              .build());
    }
  }

  /** Returns an object as it is, and anything else as the value of a key. */
  private static Map<String, Object> object(JsonNode value, String key) {
    return value.isObject()
        ? JSON.convertValue(value, OBJECT)
        : Map.of(key, JSON.convertValue(value, Object.class));
  }

  /**
   * Returns everything but the conversation.
   *
   * @param model its name, which tells how it thinks
   */
  static GenerateContentConfig config(ModelRequest request, String model) {
    GenerateContentConfig.Builder config = GenerateContentConfig.builder();
    system(request).ifPresent(config::systemInstruction);
    Sampling sampling = request.sampling();
    if (sampling.temperature() != null) {
      config.temperature(sampling.temperature().floatValue());
    }
    if (sampling.maxOutputTokens() != null) {
      config.maxOutputTokens(sampling.maxOutputTokens());
    }
    if (sampling.seed() != null) {
      config.seed(sampling.seed());
    }
    if (sampling.thinking() != null) {
      config.thinkingConfig(thinking(sampling.thinking(), LEVELS.matcher(model).matches()));
    }
    if (request.schema() != null) {
      config
          .responseMimeType("application/json")
          .responseJsonSchema(JSON.convertValue(request.schema(), Object.class));
    }
    if (request.cached() != null) {
      config.cachedContent(request.cached().name());
    }
    if (!request.tools().isEmpty()) {
      config
          .tools(
              Tool.builder()
                  .functionDeclarations(
                      request.tools().stream().map(GenAiRequests::function).toList())
                  .build())
          .automaticFunctionCalling(AutomaticFunctionCallingConfig.builder().disable(true).build());
    }
    return config.build();
  }

  private static Optional<Content> system(ModelRequest request) {
    String system = request.system();
    return system == null || system.isBlank()
        ? Optional.empty()
        : Optional.of(Content.fromParts(Part.fromText(system)));
  }

  /**
   * Returns a cache of the system instruction and the turns.
   *
   * @param label its display name
   */
  static CreateCachedContentConfig cache(String label, ModelRequest content, Duration lifetime) {
    CreateCachedContentConfig.Builder cache =
        CreateCachedContentConfig.builder()
            .displayName(label)
            .ttl(lifetime)
            .contents(contents(content));
    system(content).ifPresent(cache::systemInstruction);
    return cache.build();
  }

  private static FunctionDeclaration function(ToolDefinition tool) {
    return FunctionDeclaration.builder()
        .name(tool.name())
        .description(tool.description())
        .parametersJsonSchema(JSON.convertValue(tool.arguments(), Object.class))
        .build();
  }

  private static ThinkingConfig thinking(String setting, boolean levels) {
    ThinkingConfig.Builder thinking = ThinkingConfig.builder();
    switch (setting) {
      case "off" -> {
        // The least that models with levels have.
        return (levels
                ? thinking.thinkingLevel(new ThinkingLevel("MINIMAL"))
                : thinking.thinkingBudget(0))
            .build();
      }
      case "low" -> limit(thinking, levels, "LOW", LOW);
      case "high" -> limit(thinking, levels, "HIGH", HIGH);
      default -> thinking.thinkingBudget(Integer.parseInt(setting));
    }
    return thinking.includeThoughts(true).build();
  }

  private static void limit(
      ThinkingConfig.Builder thinking, boolean levels, String level, int budget) {
    if (levels) {
      thinking.thinkingLevel(new ThinkingLevel(level));
    } else {
      thinking.thinkingBudget(budget);
    }
  }
}
