package dev.attune.config;

import dev.attune.filesystem.FileMode;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The part of attune.yaml that decides the content of a dataset. Paths are as written, relative to
 * the folder of attune.yaml.
 *
 * @param dataset its name, {@code [a-z][a-z0-9-]{0,47}}
 * @param task classification or conversation
 * @param systemInstruction the system instruction of examples without their own, or null
 * @param taxonomy path of the taxonomy, or null; never null for classification
 * @param sources at least one
 * @param rules rules that select records and split them
 * @param output where the dataset is published, and in which format
 */
public record DatasetConfig(
    String dataset,
    Task task,
    @Nullable String systemInstruction,
    @Nullable String taxonomy,
    SourcesConfig sources,
    CurationRules rules,
    OutputConfig output)
    implements Serializable {

  /**
   * Where datasets are published.
   *
   * @param directory as written; the dataset is published in {@code <directory>/<dataset>/<runId>/}
   * @param format gemini or openai
   * @param mode who may read the published files
   */
  public record OutputConfig(String directory, OutputFormat format, FileMode mode)
      implements Serializable {}
}
