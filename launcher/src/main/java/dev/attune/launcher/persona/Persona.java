package dev.attune.launcher.persona;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.models.Sampling;
import dev.attune.schema.SchemaFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named system instruction, with settings of answers that go with it.
 *
 * @param name as {@code --persona} names it
 * @param description what it is for, in one sentence
 * @param instruction the system instruction; not blank
 * @param sampling null settings are the model's
 */
public record Persona(String name, String description, String instruction, Sampling sampling) {
  private static final String FENCE = "---";

  /** Some editors begin a file with it. */
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * Parses a Markdown file with front matter.
   *
   * @param shown the file's name in messages
   * @throws CommandFailure with every fault of the front matter, or if the instruction is missing
   */
  static Persona parse(String markdown, String shown) throws CommandFailure {
    int start = markdown.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    List<String> lines = markdown.substring(start).strip().lines().toList();
    int end = lines.subList(Math.min(1, lines.size()), lines.size()).indexOf(FENCE) + 1;
    if (lines.isEmpty() || !lines.get(0).equals(FENCE) || end == 0) {
      throw refused(Messages.of("launcher.persona.front-matter", shown));
    }
    String instruction = String.join("\n", lines.subList(end + 1, lines.size())).strip();
    JsonNode front = front(String.join("\n", lines.subList(1, end)), shown);
    if (instruction.isEmpty()) {
      throw refused(Messages.of("launcher.persona.empty", shown));
    }
    return new Persona(
        front.path("name").asText(),
        front.path("description").asText(),
        instruction,
        new Sampling(
            front.has("temperature") ? (Double) front.path("temperature").asDouble() : null,
            front.has("maxOutputTokens") ? (Integer) front.path("maxOutputTokens").asInt() : null,
            null,
            front.has("thinking") ? front.path("thinking").asText() : null));
  }

  private static JsonNode front(String yaml, String shown) throws CommandFailure {
    try {
      return ConfigLoader.document(yaml, shown, 2, SchemaFile.PERSONA);
    } catch (ConfigException e) {
      throw new CommandFailure(
          FailureCode.CONFIGURATION,
          String.valueOf(e.getMessage()).lines().toList(),
          Messages.of("launcher.persona.faults", shown),
          e);
    }
  }

  /**
   * Returns settings in which those of the persona take the place of a model's.
   *
   * @param model the model's settings
   */
  public Sampling over(Sampling model) {
    return new Sampling(
        either(sampling.temperature(), model.temperature()),
        either(sampling.maxOutputTokens(), model.maxOutputTokens()),
        model.seed(),
        either(sampling.thinking(), model.thinking()));
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }

  private static CommandFailure refused(String sentence) {
    return new CommandFailure(FailureCode.CONFIGURATION, sentence);
  }
}
