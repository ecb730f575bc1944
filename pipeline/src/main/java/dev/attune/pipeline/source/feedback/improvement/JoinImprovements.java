package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Joins every waiting row with its improvement and counts the improvements by their use. A worker
 * has a bucket of ids in memory.
 */
public final class JoinImprovements
    extends PTransform<PCollection<JoinSide>, JoinImprovements.ImprovedRows> {
  private static final TupleTag<ImprovementCounts> COUNTS = new TupleTag<>() {};

  private final GroupSides grouping;

  /** The outcomes of the rows, the refusals of improvements, and the counts of improvements. */
  public record ImprovedRows(
      PCollection<Example> examples,
      PCollection<RejectedRecord> rejected,
      PCollection<Refusal> refusals,
      PCollection<ImprovementCounts> counts)
      implements CollectionRecord<ImprovedRows> {}

  private JoinImprovements(GroupSides grouping) {
    this.grouping = grouping;
  }

  /**
   * Creates a join. The sizes only decide the number of buckets.
   *
   * @param rows of the table
   * @param improvements their files
   */
  public static JoinImprovements of(long rows, List<InputFile> improvements) {
    return new JoinImprovements(GroupSides.of(rows, improvements));
  }

  @Override
  public ImprovedRows expand(PCollection<JoinSide> sides) {
    PCollectionTuple joined =
        sides
            .apply("GroupSides", grouping)
            .apply(
                "JoinBucket",
                ParDo.of(new JoinBucketFn())
                    .withOutputTags(
                        SourceOutput.EXAMPLES,
                        TupleTagList.of(SourceOutput.REJECTED)
                            .and(SourceOutput.REFUSALS)
                            .and(COUNTS)));
    return new ImprovedRows(
        joined.get(SourceOutput.EXAMPLES),
        joined.get(SourceOutput.REJECTED),
        joined.get(SourceOutput.REFUSALS),
        joined.get(COUNTS).setCoder(RecordCoder.of(ImprovementCounts.class)));
  }

  /** Joins the rows and improvements of a bucket. */
  private static final class JoinBucketFn extends DoFn<KV<Integer, Iterable<byte[]>>, Example> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> sides, MultiOutputReceiver out) {
      ImprovementBucket bucket = GroupSides.bucket(sides);
      for (RowOutcome outcome : bucket.outcomes()) {
        if (outcome instanceof RowOutcome.Kept kept) {
          out.get(SourceOutput.EXAMPLES).output(kept.example());
        } else if (outcome instanceof RowOutcome.Rejected no) {
          out.get(SourceOutput.REJECTED).output(no.rejected());
        } else {
          throw new AssertionError(outcome);
        }
      }
      out.get(COUNTS).output(bucket.counts());
      for (Refusal refusal : bucket.refusals()) {
        out.get(SourceOutput.REFUSALS).output(refusal);
      }
    }
  }
}
