package dev.attune.pipeline.write;

import dev.attune.pipeline.report.ReportData.SourceRow;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.pipeline.write.proof.SplitProof;
import dev.attune.schema.DatasetManifest;
import java.io.Serializable;
import java.util.List;

/**
 * The settings of the last stage, which are known before records are read.
 *
 * @param draft manifest with all counts 0
 * @param categories in the taxonomy's order; empty without a taxonomy
 * @param sources rows of the report's table of sources
 * @param rejectedFraction share of faulty records above which the run is refused
 * @param compared how the two splits are compared
 * @param target folder of the dataset, on this machine or in a bucket
 * @param temporary folder of parts and outcome
 */
public record Publication(
    DatasetManifest draft,
    List<CategoryName> categories,
    List<SourceRow> sources,
    double rejectedFraction,
    SplitProof.Rules compared,
    DatasetTarget target,
    TemporaryFolder temporary)
    implements Serializable {
  public Publication {
    categories = List.copyOf(categories);
    sources = List.copyOf(sources);
  }

  /** A category's id and name. */
  public record CategoryName(String id, String name) implements Serializable {}
}
