package dev.attune.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn of a conversation.
 *
 * @param parts in order; at least one
 */
public record ModelTurn(Role role, List<Part> parts) {
  public ModelTurn {
    parts = List.copyOf(parts);
  }

  /** Who speaks. */
  public enum Role {
    USER,
    MODEL,
    /** The results of the tools that the model called in the turn before. */
    TOOL
  }

  /** Returns a user turn with text. */
  public static ModelTurn user(String text) {
    return new ModelTurn(Role.USER, List.of(new Text(text)));
  }

  /** Returns a model turn with text. */
  public static ModelTurn model(String text) {
    return new ModelTurn(Role.MODEL, List.of(new Text(text)));
  }

  /** A part of a turn. */
  public sealed interface Part {}

  /** Text. */
  public record Text(String text) implements Part {}

  /**
   * A file that the model reads.
   *
   * @param mimeType e.g. {@code image/png}
   * @param base64 the bytes, or null if the file is named by its URI
   * @param uri {@code gs://} or {@code https://}, or null if the bytes are sent
   */
  public record Media(String mimeType, @Nullable String base64, @Nullable String uri)
      implements Part {}

  /**
   * A call of a tool by the model.
   *
   * @param id the provider's id of the call; empty if it has none
   * @param signature must be sent back unchanged with the call (Gemini, Base64); null if none
   */
  public record ToolCall(String id, String tool, JsonNode arguments, @Nullable String signature)
      implements Part {}

  /**
   * The result of a call.
   *
   * @param id of the call
   * @param result text or JSON text for the model
   */
  public record ToolResult(String id, String tool, String result) implements Part {}
}
