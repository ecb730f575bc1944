package dev.attune.config;

import dev.attune.filesystem.FileMode;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The part of attune.yaml that decides what a dataset holds. Paths in it are as written, relative
 * to the folder of attune.yaml.
 *
 * @param dataset its name, {@code [a-z][a-z0-9-]{0,47}}
 * @param task classification or conversation
 * @param systemInstruction what every example without one of its own gets, or null
 * @param taxonomy path of the taxonomy, or null; never null for classification
 * @param sources at least one
 * @param rules what is kept, and on which side of the split
 * @param output where it is published and in whose format
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
   * @param directory as written; the dataset stands in {@code <directory>/<dataset>/<runId>/}
   * @param format gemini or openai
   * @param mode who may read the published files
   */
  public record OutputConfig(String directory, OutputFormat format, FileMode mode)
      implements Serializable {}
}
