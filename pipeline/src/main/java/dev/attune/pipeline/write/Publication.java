package dev.attune.pipeline.write;

import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.schema.DatasetManifest;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the finalizer knows before the first record is read.
 *
 * @param draft the manifest with all counts 0
 * @param categories in the taxonomy's order; empty without a taxonomy
 * @param sources rows of the report's table of sources
 * @param rejectedFraction of faulty records, above which the run is refused
 * @param compared how what was written is compared across the splits
 * @param target where it is published
 * @param temporary where parts and the outcome stand
 */
public record Publication(
    DatasetManifest draft,
    List<CategoryName> categories,
    List<SourceLine> sources,
    double rejectedFraction,
    Compared compared,
    Target target,
    TemporaryFolder temporary)
    implements Serializable {
  public Publication {
    categories = List.copyOf(categories);
    sources = List.copyOf(sources);
  }

  /**
   * How what was written is compared across the splits.
   *
   * @param similarity from which on two examples are near, or null: nearness is not looked for
   */
  public record Compared(Task task, OutputFormat format, @Nullable Similarity similarity)
      implements Serializable {}

  /**
   * Where the dataset is published.
   *
   * @param folder its path
   * @param mode of the folder, where it is created, and of the published files
   */
  public record Target(String folder, FileMode mode) implements Serializable {}

  /** A category's id and name. */
  public record CategoryName(String id, String name) implements Serializable {}

  /** A file or table that is read; see the report's SourceRow. */
  public record SourceLine(String source, String name, @Nullable Long bytes, String identity)
      implements Serializable {}
}
