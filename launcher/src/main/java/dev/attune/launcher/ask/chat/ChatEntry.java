package dev.attune.launcher.ask.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.models.Sampling;
import org.jspecify.annotations.Nullable;

/** A line of the file of a chat. */
sealed interface ChatEntry {
  /** The version of the file, in its first line. */
  int VERSION = 1;

  /**
   * The first line.
   *
   * @param model as typed
   * @param system the system instruction, or null
   */
  record Begun(String model, @Nullable String system, Sampling sampling) implements ChatEntry {}

  /** A message of the user. It takes the place of an earlier one without an answer. */
  record Asked(String text) implements ChatEntry {}

  /** The answer to the last message. */
  record Answered(String text, String modelVersion) implements ChatEntry {}

  /** The last message and its answer are taken back. */
  record Undone() implements ChatEntry {}

  /** Another system instruction from here on; null for none. */
  record Instructed(@Nullable String system) implements ChatEntry {}

  /** Returns the line as JSON. */
  default JsonNode json() {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    if (this instanceof Begun begun) {
      line.put("chat", VERSION).put("model", begun.model()).put("system", begun.system());
      Sampling sampling = begun.sampling();
      line.put("temperature", sampling.temperature());
      line.put("maxOutputTokens", sampling.maxOutputTokens());
      line.put("seed", sampling.seed());
      line.put("thinking", sampling.thinking());
    } else if (this instanceof Asked asked) {
      line.put("user", asked.text());
    } else if (this instanceof Answered answered) {
      line.put("answer", answered.text()).put("modelVersion", answered.modelVersion());
    } else if (this instanceof Instructed instructed) {
      line.put("system", instructed.system());
    } else {
      line.put("undo", true);
    }
    return line;
  }

  /** Returns whether a first line is of a version that {@link #of} understands. */
  static boolean isReadable(JsonNode line) {
    return line.path("chat").isInt() && line.path("chat").asInt() == VERSION;
  }

  /** Returns the entry of a line, or null if it is none. */
  static @Nullable ChatEntry of(JsonNode line) {
    if (line.has("chat")) {
      return new Begun(
          line.path("model").asText(),
          text(line, "system"),
          new Sampling(
              line.hasNonNull("temperature") ? (Double) line.path("temperature").asDouble() : null,
              number(line, "maxOutputTokens"),
              number(line, "seed"),
              text(line, "thinking")));
    }
    if (line.has("user")) {
      return new Asked(line.path("user").asText());
    }
    if (line.has("answer")) {
      return new Answered(line.path("answer").asText(), line.path("modelVersion").asText());
    }
    if (line.has("undo")) {
      return new Undone();
    }
    return line.has("system") ? new Instructed(text(line, "system")) : null;
  }

  private static @Nullable String text(JsonNode line, String key) {
    return line.hasNonNull(key) ? line.path(key).asText() : null;
  }

  private static @Nullable Integer number(JsonNode line, String key) {
    return line.hasNonNull(key) ? (Integer) line.path(key).asInt() : null;
  }
}
