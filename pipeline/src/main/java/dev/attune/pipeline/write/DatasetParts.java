package dev.attune.pipeline.write;

import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.DecidedExamples;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a dataset is made of: the input of {@link WriteDataset}, and of any other sink.
 *
 * @param examples the lines, and what is decided about each
 * @param rejected records that stages before the decisions rejected
 * @param counts what must add up to the examples and the rejected records
 * @param remarks what people should know
 * @param refusals reasons to publish nothing
 */
public record DatasetParts(
    DecidedExamples examples,
    PCollection<RejectedRecord> rejected,
    RunCounts counts,
    RunRemarks remarks,
    PCollection<Refusal> refusals)
    implements CollectionRecord<DatasetParts> {

  /**
   * Counts, each in any number of partial sums.
   *
   * @param tallies records read
   * @param redactions replaced places
   * @param carried examples of the previous dataset, or null without one
   * @param improvements lines of improvements, or null without any
   */
  public record RunCounts(
      PCollection<Tally> tallies,
      PCollection<Redactions> redactions,
      @Nullable PCollection<Tally> carried,
      @Nullable PCollection<ImprovementCounts> improvements)
      implements CollectionRecord<RunCounts> {}

  /**
   * Sentences, and what the report measures with.
   *
   * @param notes sentences for the user
   * @param together sentences about records that stay together
   * @param undivided why no dataset can be made, if the split cannot divide
   * @param common the common prompts, in one element
   * @param leftOut shingles that were left out when texts of validation were compared
   */
  public record RunRemarks(
      PCollection<String> notes,
      PCollection<String> together,
      PCollection<String> undivided,
      PCollection<CommonPrompts> common,
      PCollection<LeftOutByContent> leftOut)
      implements CollectionRecord<RunRemarks> {}
}
