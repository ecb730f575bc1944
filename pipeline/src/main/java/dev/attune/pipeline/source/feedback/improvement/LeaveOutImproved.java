package dev.attune.pipeline.source.feedback.improvement;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.pipeline.stage.UnimprovedRow;
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
 * Keeps the low-rated rows for which {@link JoinImprovements} finds no improvement; of rows with
 * equal fields one. A worker has a bucket of ids in memory.
 */
public final class LeaveOutImproved
    extends PTransform<PCollection<JoinSide>, LeaveOutImproved.RowsLeft> {
  private static final TupleTag<UnimprovedRow> ROWS = new TupleTag<>() {};

  private final GroupSides grouping;

  /** The rows without an improvement, and the refusals of improvements. */
  public record RowsLeft(PCollection<UnimprovedRow> rows, PCollection<Refusal> refusals)
      implements CollectionRecord<RowsLeft> {}

  private LeaveOutImproved(GroupSides grouping) {
    this.grouping = grouping;
  }

  /**
   * Creates a step. The sizes only decide the number of buckets.
   *
   * @param rows of the table
   * @param improvements their files
   */
  public static LeaveOutImproved of(long rows, List<InputFile> improvements) {
    return new LeaveOutImproved(GroupSides.of(rows, improvements));
  }

  @Override
  public RowsLeft expand(PCollection<JoinSide> sides) {
    PCollectionTuple left =
        sides
            .apply("GroupSides", grouping)
            .apply(
                "LeaveOutImproved",
                ParDo.of(new LeaveOutImprovedFn())
                    .withOutputTags(ROWS, TupleTagList.of(SourceOutput.REFUSALS)));
    return new RowsLeft(
        left.get(ROWS).setCoder(RecordCoder.of(UnimprovedRow.class)),
        left.get(SourceOutput.REFUSALS));
  }

  private static final class LeaveOutImprovedFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, UnimprovedRow> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> sides, MultiOutputReceiver out) {
      ImprovementBucket bucket = GroupSides.bucket(sides);
      bucket.unimproved().forEach(out.get(ROWS)::output);
      bucket.refusals().forEach(out.get(SourceOutput.REFUSALS)::output);
    }
  }
}
