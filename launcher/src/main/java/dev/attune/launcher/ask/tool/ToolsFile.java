package dev.attune.launcher.ask.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.attune.schema.AnswerSchema;
import dev.attune.schema.CanonicalJson;
import dev.attune.schema.Printable;
import dev.attune.schema.SchemaFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/** Reads a file of tools, in YAML or JSON; see tools.schema.json. */
final class ToolsFile {
  private static final int MAX_BYTES = 1 << 20;

  private ToolsFile() {}

  /**
   * Reads a file.
   *
   * @param file absolute
   * @param shown its name in messages
   * @throws CommandFailure with every fault
   */
  static List<ToolCommand> read(Path file, String shown) throws CommandFailure, IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure(FailureCode.FILE, Messages.of("launcher.tool.no-file", shown));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    JsonNode document;
    try {
      String text = new String(bytes, StandardCharsets.UTF_8);
      document = ConfigLoader.document(text, shown, 1, SchemaFile.TOOLS);
    } catch (ConfigException e) {
      throw invalid(String.valueOf(e.getMessage()).lines().toList(), shown);
    }
    Path folder = Objects.requireNonNull(file.getParent(), "absolute");
    List<ToolCommand> tools = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode tool : document.path("tools")) {
      String name = tool.path("name").asText();
      if (!names.add(name)) {
        faults.add(Messages.of("launcher.tool.twice", shown, name));
      }
      faults(tool).stream()
          .map(fault -> Messages.of("launcher.tool.of", shown, name, fault))
          .forEach(faults::add);
      if (faults.isEmpty()) {
        tools.add(tool(tool, folder));
      }
    }
    if (!faults.isEmpty()) {
      throw invalid(faults, shown);
    }
    return tools;
  }

  private static CommandFailure invalid(List<String> faults, String shown) {
    return new CommandFailure(
        FailureCode.CONFIGURATION, faults, Messages.of("launcher.tool.faults", shown), null);
  }

  /** Returns the faults that the schema of the file cannot express. */
  private static List<String> faults(JsonNode tool) {
    List<String> faults = new ArrayList<>();
    JsonNode schema = schema(tool);
    Optional<String> unusable = AnswerSchema.fault(schema);
    unusable.ifPresent(why -> faults.add(Messages.of("launcher.tool.schema", why)));
    if (!schema.path("type").asText().equals("object")) {
      faults.add(Messages.of("launcher.tool.no-object"));
    }
    List<String> argv = CanonicalJson.texts(tool.path("argv"));
    if (argv.get(0).isBlank() || ToolCommand.PLACEHOLDER.matcher(argv.get(0)).find()) {
      faults.add(Messages.of("launcher.tool.program"));
    }
    for (String element : argv) {
      for (MatchResult place : ToolCommand.PLACEHOLDER.matcher(element).results().toList()) {
        if (!schema.path("properties").has(place.group(1))) {
          faults.add(
              Messages.of("launcher.tool.placeholder", Printable.shortened(place.group(1))));
        }
      }
    }
    return faults;
  }

  private static ToolCommand tool(JsonNode tool, Path folder) {
    String deadline = tool.path("deadline").asText("10s").toUpperCase(Locale.ROOT);
    return new ToolCommand(
        tool.path("name").asText(),
        tool.path("description").asText(),
        AnswerSchema.of(schema(tool)),
        CanonicalJson.texts(tool.path("argv")),
        Duration.parse("PT" + deadline),
        CanonicalJson.texts(tool.path("environment")),
        folder);
  }

  private static JsonNode schema(JsonNode tool) {
    if (tool.has("arguments")) {
      return tool.path("arguments");
    }
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    none.put("type", "object");
    none.putObject("properties");
    none.put("additionalProperties", false);
    return none;
  }
}
