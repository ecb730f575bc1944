package dev.attune.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * An attune.yaml without faults.
 *
 * @param dataset what prepare needs
 * @param effective the whole configuration with its defaults, keys in the schema's order, no secrets
 * @param folder the folder of attune.yaml, absolute; paths in the configuration are relative to it
 */
public record AttuneConfig(DatasetConfig dataset, JsonNode effective, Path folder) {
  /** A path of the configuration as this machine sees it. */
  public Path resolve(String path) {
    return folder.resolve(path).normalize();
  }
}
