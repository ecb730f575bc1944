package dev.attune.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configurations for the tests of this package. */
final class Yaml {
  /** The least that is a configuration. */
  static final String LEAST =
      """
      dataset: talk
      task: conversation
      sources:
        generated: {files: [a.jsonl]}
      """;

  private Yaml() {}

  /** Returns a configuration with every key that is implemented. */
  static String contract() {
    try (InputStream in = Yaml.class.getResourceAsStream("contract.yaml")) {
      if (in == null) {
        throw new AssertionError("contract.yaml is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AttuneConfig load(String yaml) throws ConfigException {
    return ConfigLoader.parse(yaml, "attune.yaml");
  }

  /** Returns the faults of a configuration; empty if it is valid. */
  static List<String> faults(String yaml) {
    @Nullable ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml, "attune.yaml"));
    return e == null ? List.of() : String.valueOf(e.getMessage()).lines().toList();
  }
}
