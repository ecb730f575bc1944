package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.config.jdbc.SecretVersion;
import dev.attune.message.Messages;
import dev.attune.schema.NearestName;
import dev.attune.schema.Printable;
import dev.attune.schema.SchemaFault;
import dev.attune.schema.SchemaFile;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks attune.yaml against attune.schema.json and words each fault for its author. */
final class SchemaRules {
  private final ConfigTree config;

  /** Missing keys for which an unknown key is taken; they are not reported once more. */
  private final Set<String> misspelt = new HashSet<>();

  private SchemaRules(ConfigTree config) {
    this.config = config;
  }

  /** Adds to the tree every fault that the schema finds. */
  static void check(ConfigTree config) {
    new SchemaRules(config).check(SchemaFile.ATTUNE.validate(config.at("")));
  }

  private void check(List<SchemaFault> faults) {
    // A pattern also refuses texts that the tree has already refused.
    Set<String> known = new HashSet<>();
    config.faults().forEach(fault -> known.add(fault.key()));
    Set<String> wrongType = new HashSet<>();
    for (SchemaFault fault : faults) {
      String property = fault.property();
      if (fault.keyword().equals("type")) {
        wrongType.add(fault.pointer());
      }
      if (fault.keyword().equals("additionalProperties") && property != null) {
        unknown(fault.pointer(), property);
      }
    }
    for (SchemaFault fault : faults) {
      String property = fault.property();
      boolean reported =
          fault.keyword().equals("additionalProperties")
              || (fault.keyword().equals("pattern") && known.contains(fault.pointer()))
              || (wrongType.contains(fault.pointer()) && !fault.keyword().equals("type"))
              || (property != null
                  && misspelt.contains(ConfigTree.child(fault.pointer(), property)));
      if (!reported) {
        config.fault(fault.pointer(), sentence(fault));
      }
    }
  }

  private void unknown(String pointer, String key) {
    List<String> known = ConfigSchema.keys(pointer);
    JsonNode object = config.at(pointer);
    List<String> free = known.stream().filter(k -> !object.has(k)).toList();
    Optional<String> near = NearestName.of(key, free).or(() -> NearestName.of(key, known));
    near.ifPresent(k -> misspelt.add(ConfigTree.child(pointer, k)));
    String shown = Printable.shortened(key);
    config.fault(
        ConfigTree.child(pointer, key),
        near.map(k -> Messages.of("schemas.config.misspelt-key", shown, k))
            .orElseGet(
                () -> Messages.of("schemas.config.unknown-key", shown, String.join(", ", known))));
  }

  private String sentence(SchemaFault fault) {
    String pointer = fault.pointer();
    String subject = subject(pointer);
    String property = String.valueOf(fault.property());
    return switch (fault.keyword()) {
      case "required" ->
          pointer.isEmpty()
              ? Messages.of("schemas.config.key-missing", property)
              : Messages.of(
                  "schemas.config.key-missing-in",
                  property,
                  pointer.substring(1).replace('/', '.'));
      case "enum" -> {
        JsonNode value = config.at(pointer);
        List<String> words = value.isTextual() ? ConfigSchema.alternatives(pointer) : List.of();
        String is = shown(value);
        yield NearestName.of(value.asText(), words)
            .map(
                near -> Messages.of("schemas.config.misspelt", subject, is, fault.sentence(), near))
            .orElseGet(
                () -> Messages.of("schemas.config.other-word", subject, is, fault.sentence()));
      }
      case "pattern" -> {
        if (pointer.endsWith("/passwordSecret")) {
          String secret = SecretVersion.fault(config.at(pointer).asText());
          yield secret == null ? Messages.of("schemas.secret.form") : secret;
        }
        if (ConfigSchema.allowsNumber(pointer)) {
          yield Messages.of(
              "schemas.config.value",
              subject,
              Messages.of("schemas.value.form-or-number", ConfigSchema.pattern(pointer)));
        }
        String example = ConfigSchema.example(pointer);
        yield fault.sentence().startsWith("must") && !example.isEmpty()
            ? Messages.of("schemas.config.form", subject, fault.sentence(), example)
            : Messages.of("schemas.config.value", subject, fault.sentence());
      }
      case "type" -> {
        JsonNode value = config.at(pointer);
        String pattern = ConfigSchema.pattern(pointer);
        String example = ConfigSchema.example(pointer);
        boolean isWrongAlsoInQuotes =
            value.isNumber()
                && !pattern.isEmpty()
                && !example.isEmpty()
                && !Pattern.matches(pattern, value.asText());
        yield isWrongAlsoInQuotes
            ? Messages.of(
                "schemas.config.form", subject, Messages.of("schemas.value.form", pattern), example)
            : Messages.of("schemas.config.value", subject, fault.sentence());
      }
      case "multipleOf" -> Messages.of("schemas.config.decimals", subject);
      default -> Messages.of("schemas.config.value", subject, fault.sentence());
    };
  }

  /** Returns how a sentence names a value: by its key, or an element by the key of its list. */
  static String subject(String pointer) {
    if (pointer.isEmpty()) {
      return Messages.of("schemas.config.file");
    }
    String[] steps = pointer.split("/", -1);
    String last = steps[steps.length - 1];
    boolean element = !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    return element
        ? Messages.of("schemas.config.element", quoted(steps[steps.length - 2]))
        : quoted(last);
  }

  private static String quoted(String key) {
    return '"' + Printable.shortened(key) + '"';
  }

  /** Returns at most 64 characters of a value of an enumeration, which is not a secret. */
  private static String shown(JsonNode value) {
    String text = Printable.shortened(value.asText());
    return value.isTextual() ? '"' + text + '"' : text;
  }
}
