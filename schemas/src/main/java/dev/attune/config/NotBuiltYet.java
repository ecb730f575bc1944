package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Values of the contract whose feature is not built yet. Where one is written out it is refused by
 * name; where its key is absent the feature is off, whatever default the contract gives it. Whoever
 * builds a feature deletes its lines here.
 */
final class NotBuiltYet {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** What stands in for a default of the contract until its feature is built. */
  private static final Map<String, JsonNode> OFF = Map.of("/redact", JSON.arrayNode());

  private static final List<Value> VALUES =
      List.of(
          new Value(
              "/redact",
              value -> value.isArray() && !value.isEmpty(),
              "redaction is not built yet; write redact: []"),
          new Value(
              "/sources/feedback/passwordSecret",
              JsonNode::isTextual,
              "passwordSecret is not built yet; use passwordEnv"));

  /** Paths, or lists of them, that may not be in Cloud Storage yet. */
  private static final List<String> LOCAL_PATHS =
      List.of(
          "/taxonomy",
          "/sources/feedback/improvements",
          "/sources/observations/files",
          "/sources/generated/files",
          "/output/directory",
          "/promotion/envFile");

  private NotBuiltYet() {}

  /** What an absent key means: off where its feature is not built, else the schema's default. */
  static JsonNode defaultOf(String pointer, JsonNode schemaDefault) {
    return OFF.getOrDefault(pointer, schemaDefault);
  }

  /** Tells of every value in a configuration whose feature is not built. */
  static void check(YamlTree config, Consumer<ConfigFault> faults) {
    for (Value value : VALUES) {
      if (value.isMeant.test(config.root().at(value.pointer))) {
        fault(config, value.pointer, value.sentence, faults);
      }
    }
    for (String pointer : LOCAL_PATHS) {
      JsonNode path = config.root().at(pointer);
      for (int i = 0; i < path.size(); i++) {
        localPath(config, pointer + "/" + i, faults);
      }
      localPath(config, pointer, faults);
    }
  }

  private static void localPath(YamlTree config, String pointer, Consumer<ConfigFault> faults) {
    JsonNode path = config.root().at(pointer);
    if (path.isTextual() && path.textValue().startsWith("gs://")) {
      fault(config, pointer, "gs:// paths are not built yet; use a file of this machine", faults);
    }
  }

  private static void fault(
      YamlTree config, String pointer, String sentence, Consumer<ConfigFault> faults) {
    faults.accept(new ConfigFault(config.line(pointer), pointer, sentence));
  }

  /** A value that is refused. */
  private record Value(String pointer, Predicate<JsonNode> isMeant, String sentence) {}
}
