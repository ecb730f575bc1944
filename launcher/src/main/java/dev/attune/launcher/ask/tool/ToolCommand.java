package dev.attune.launcher.ask.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.models.ToolDefinition;
import dev.attune.schema.AnswerSchema;
import dev.attune.schema.SchemaFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that a model may call.
 *
 * @param name how the model calls it
 * @param arguments JSON Schema of the arguments, which are an object
 * @param argv the program and its arguments, with {@code {name}} where an argument goes
 * @param deadline after which the program is killed
 * @param environment variables of this process that the program gets, too
 * @param folder the working directory of the program
 */
record ToolCommand(
    String name,
    String description,
    AnswerSchema arguments,
    List<String> argv,
    Duration deadline,
    List<String> environment,
    Path folder) {
  static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final String END_OF_OPTIONS = "--";

  ToolCommand {
    argv = List.copyOf(argv);
    environment = List.copyOf(environment);
  }

  /** Returns what the model is told about it. */
  ToolDefinition definition() {
    return new ToolDefinition(name, description, arguments.document());
  }

  /**
   * Returns the program and its arguments for a call. Each value stands within one element. An
   * element with a value that the model left out is left out.
   *
   * @throws InvalidCallException if the arguments do not fit the schema, or if a value would be
   *     read as an option of the program
   */
  List<String> argv(JsonNode values) throws InvalidCallException {
    List<SchemaFault> faults = arguments.faults(values);
    if (!faults.isEmpty()) {
      throw new InvalidCallException(
          "The arguments do not fit: "
              + String.join("; ", faults.stream().map(SchemaFault::toString).toList()));
    }
    List<String> result = new ArrayList<>();
    for (String element : argv) {
      if (isComplete(element, values)) {
        result.add(filled(element, values, result.contains(END_OF_OPTIONS)));
      }
    }
    return result;
  }

  private static boolean isComplete(String element, JsonNode values) {
    return PLACEHOLDER
        .matcher(element)
        .results()
        .allMatch(place -> values.hasNonNull(place.group(1)));
  }

  private static String filled(String element, JsonNode values, boolean onlyOperands)
      throws InvalidCallException {
    Matcher places = PLACEHOLDER.matcher(element);
    StringBuilder text = new StringBuilder();
    while (places.find()) {
      JsonNode value = values.path(places.group(1));
      String inserted = value.isTextual() ? value.textValue() : value.toString();
      if (inserted.indexOf('\0') >= 0) {
        throw new InvalidCallException(
            "The argument \"" + places.group(1) + "\" has a character 0.");
      }
      if (places.start() == 0 && inserted.startsWith("-") && !onlyOperands) {
        throw new InvalidCallException(
            "The argument \"" + places.group(1) + "\" begins with -, which would be an option.");
      }
      places.appendReplacement(text, Matcher.quoteReplacement(inserted));
    }
    return places.appendTail(text).toString();
  }

  /** A call that is not run; the message is a sentence for the model. */
  static final class InvalidCallException extends Exception {
    private static final long serialVersionUID = 1L;

    private InvalidCallException(String sentence) {
      super(sentence);
    }
  }
}
