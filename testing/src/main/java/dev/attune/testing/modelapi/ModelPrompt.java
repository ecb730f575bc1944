package dev.attune.testing.modelapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to a model, as the stub reads it.
 *
 * @param path of the call
 * @param model its name, or the path of an endpoint
 * @param system the system instruction; empty without one
 * @param tools names of the offered functions
 * @param schema JSON Schema of the answer, or null
 * @param streamed whether a stream is asked for
 * @param key the API key or access token; empty without one
 * @param body the whole JSON
 */
public record ModelPrompt(
    Api api,
    String path,
    String model,
    String system,
    List<PromptTurn> turns,
    List<OfferedTool> tools,
    @Nullable JsonNode schema,
    boolean streamed,
    String key,
    JsonNode body) {
  public ModelPrompt {
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
  }

  /** Which API was called. */
  public enum Api {
    OPENAI,
    GEMINI
  }

  /** Who speaks in a turn. */
  public enum Speaker {
    USER,
    MODEL,
    TOOL
  }

  /**
   * A turn.
   *
   * @param text all its texts or results of tools
   * @param media types of its files
   */
  public record PromptTurn(Speaker speaker, String text, List<String> media) {
    public PromptTurn {
      media = List.copyOf(media);
    }
  }

  /**
   * A function that the model may call.
   *
   * @param arguments JSON Schema
   */
  public record OfferedTool(String name, JsonNode arguments) {}

  /** Returns the text of the last turn; empty without turns. */
  public String lastText() {
    return turns.isEmpty() ? "" : turns.get(turns.size() - 1).text();
  }

  /** Returns whether the last turn has results of tools. */
  public boolean hasResults() {
    return !turns.isEmpty() && turns.get(turns.size() - 1).speaker() == Speaker.TOOL;
  }
}
