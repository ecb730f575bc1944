package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.schema.Printable;
import dev.attune.schema.SchemaFault;
import dev.attune.schema.SchemaFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what attune.schema.json finds, with the key, its line and what would be right. */
final class ConfigSentences {
  private final YamlTree config;

  /** Missing keys that an unknown one is taken for: one mistake, one sentence. */
  private final Set<String> misspelt = new HashSet<>();

  private ConfigSentences(YamlTree config) {
    this.config = config;
  }

  /** Every fault that the schema finds. */
  static List<ConfigFault> of(YamlTree config) {
    return new ConfigSentences(config).all(SchemaFile.ATTUNE.validate(config.root()));
  }

  private List<ConfigFault> all(List<SchemaFault> schemaFaults) {
    List<ConfigFault> result = new ArrayList<>();
    Set<String> wrongType = new HashSet<>();
    for (SchemaFault fault : schemaFaults) {
      String property = fault.property();
      if (fault.keyword().equals("type")) {
        wrongType.add(fault.pointer());
      }
      if (fault.keyword().equals("additionalProperties") && property != null) {
        result.add(unknown(fault.pointer(), property));
      }
    }
    for (SchemaFault fault : schemaFaults) {
      String property = fault.property();
      boolean saidAlready =
          fault.keyword().equals("additionalProperties")
              || (fault.keyword().equals("pattern") && isFaultyText(fault.pointer()))
              || (wrongType.contains(fault.pointer()) && !fault.keyword().equals("type"))
              || (property != null && misspelt.contains(YamlTree.child(fault.pointer(), property)));
      if (!saidAlready) {
        result.add(new ConfigFault(config.line(fault.pointer()), fault.pointer(), sentence(fault)));
      }
    }
    return result;
  }

  /** Whether it holds what no text may, which a pattern refuses once more. */
  private boolean isFaultyText(String pointer) {
    return config.faults().stream().anyMatch(fault -> fault.key().equals(pointer));
  }

  private ConfigFault unknown(String pointer, String key) {
    List<String> known = ConfigSchema.keys(pointer);
    JsonNode object = config.root().at(pointer);
    List<String> free = known.stream().filter(k -> !object.has(k)).toList();
    Optional<String> near = NearestKey.of(key, free).or(() -> NearestKey.of(key, known));
    near.ifPresent(k -> misspelt.add(YamlTree.child(pointer, k)));
    String at = YamlTree.child(pointer, key);
    String advice =
        near.map(k -> "did you mean \"" + k + "\"?")
            .orElse("known here: " + String.join(", ", known));
    return new ConfigFault(
        config.line(at), at, "unknown key \"" + Printable.shortened(key) + "\"; " + advice);
  }

  private String sentence(SchemaFault fault) {
    String pointer = fault.pointer();
    String subject = subject(pointer);
    return switch (fault.keyword()) {
      case "required" -> "the key \"" + fault.property() + "\" is missing" + within(pointer);
      case "enum" -> {
        JsonNode value = config.root().at(pointer);
        String meant =
            NearestKey.of(
                    value.asText(),
                    value.isTextual() ? ConfigSchema.alternatives(pointer) : List.of())
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
        yield subject + " is " + shown(value) + ", " + fault.sentence() + meant;
      }
      case "pattern" -> {
        String example = ConfigSchema.example(pointer);
        boolean form = fault.sentence().startsWith("must") && !example.isEmpty();
        yield subject + " " + fault.sentence() + (form ? ", as " + example : "");
      }
      case "multipleOf" -> subject + " may have one decimal place";
      default -> subject + " " + fault.sentence();
    };
  }

  private static String within(String pointer) {
    return pointer.isEmpty() ? "" : " in " + pointer.substring(1).replace('/', '.');
  }

  /** The key, or of an element its list. */
  static String subject(String pointer) {
    if (pointer.isEmpty()) {
      return "the file";
    }
    String[] steps = pointer.split("/", -1);
    String last = steps[steps.length - 1];
    boolean element = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    return element ? "an element of " + quoted(steps[steps.length - 2]) : quoted(last);
  }

  private static String quoted(String key) {
    return '"' + Printable.shortened(key) + '"';
  }

  /** A value of an enumeration is no secret: at most 64 characters of it. */
  private static String shown(JsonNode value) {
    String text = Printable.shortened(value.asText());
    return value.isTextual() ? '"' + text + '"' : text;
  }
}
