package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.attune.schema.CanonicalJson;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * attune.yaml, read and checked.
 *
 * @param dataset the part that decides what the dataset holds
 * @param effective the whole configuration with its defaults, keys in the schema's order, numbers
 *     in one form, no secrets: the manifest's {@code config}, and part of the input fingerprint
 * @param folder the folder of attune.yaml
 */
public record AttuneConfig(DatasetConfig dataset, JsonNode effective, Path folder) {

  /** A path or pattern of the configuration from the folder of attune.yaml. */
  public Path resolve(String path) {
    return folder.resolve(path).normalize();
  }

  /** {@code tuning.baseModel}, or null. */
  public @Nullable String baseModel() {
    JsonNode name = effective.at("/tuning/baseModel");
    return name.isTextual() ? name.textValue() : null;
  }

  /** The bytes of {@link #effective}: what the input fingerprint hashes. */
  public byte[] effectiveJson() {
    return CanonicalJson.pretty(effective);
  }
}
