package dev.attune.pipeline.source.feedback.improvement;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.SourceOutput;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Joins every waiting row with its improvement and counts the improvements by their use. Groups by
 * a bucket of the id's hash, not by the id, because every group costs the DirectRunner a bundle. A
 * worker has a bucket in memory.
 */
public final class JoinImprovements
    extends PTransform<PCollection<JoinSide>, JoinImprovements.ImprovedRows> {
  private static final TupleTag<ImprovementCounts> COUNTS = new TupleTag<>() {};
  private static final int FEWEST_BUCKETS = 64;
  private static final int MOST_BUCKETS = 4_096;
  private static final long ROWS_PER_BUCKET = 5_000;
  private static final long BYTES_PER_BUCKET = 5_000_000;

  private final int buckets;

  /** The outcomes of the rows, the refusals of improvements, and the counts of improvements. */
  public record ImprovedRows(
      PCollection<Example> examples,
      PCollection<RejectedRecord> rejected,
      PCollection<Refusal> refusals,
      PCollection<ImprovementCounts> counts)
      implements CollectionRecord<ImprovedRows> {}

  private JoinImprovements(int buckets) {
    this.buckets = buckets;
  }

  /**
   * Creates a join. The sizes only decide the number of buckets.
   *
   * @param rows of the table
   * @param improvements their files
   */
  public static JoinImprovements of(long rows, List<InputFile> improvements) {
    long bytes = improvements.stream().mapToLong(InputFile::unpackedBytes).sum();
    long wanted = rows / ROWS_PER_BUCKET + bytes / BYTES_PER_BUCKET;
    return new JoinImprovements((int) Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, wanted)));
  }

  @Override
  public ImprovedRows expand(PCollection<JoinSide> sides) {
    PCollectionTuple joined =
        sides
            .apply("KeyByBucket", ParDo.of(new KeyByBucketFn(buckets)))
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(JoinSide.class)))
            .apply("PackSides", PackInBuckets.of(RecordCoder.of(JoinSide.class)))
            .apply("GroupByBucket", GroupByKey.create())
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

  /** Computes the bucket of an id. */
  private static final class KeyByBucketFn extends DoFn<JoinSide, KV<Integer, JoinSide>> {
    private final int buckets;

    KeyByBucketFn(int buckets) {
      this.buckets = buckets;
    }

    @ProcessElement
    public void processElement(@Element JoinSide side, OutputReceiver<KV<Integer, JoinSide>> out) {
      long hash = Hashing.xxh3_64().hashCharsToLong(side.fullId());
      out.output(KV.of((int) Long.remainderUnsigned(hash, buckets), side));
    }
  }

  /** Joins the rows and improvements of a bucket. */
  private static final class JoinBucketFn extends DoFn<KV<Integer, Iterable<byte[]>>, Example> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> sides, MultiOutputReceiver out) {
      ImprovementBucket bucket = new ImprovementBucket();
      Packs.values(sides.getValue(), RecordCoder.of(JoinSide.class)).forEach(bucket::add);
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
