package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Values of the contract whose feature is not built yet. Each is refused by name. Whoever builds a
 * feature deletes its lines here.
 */
final class NotBuiltYet {
  private static final List<Value> VALUES =
      List.of(
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
