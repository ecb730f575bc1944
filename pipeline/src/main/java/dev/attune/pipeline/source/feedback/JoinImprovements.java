package dev.attune.pipeline.source.feedback;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.ReadRecords;
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
 * Gives every waiting row its improvement, and counts the lines that none takes. Groups by a bucket
 * of the id's hash, never by the id: on the DirectRunner a group is a bundle. A bucket is held in
 * memory.
 */
final class JoinImprovements
    extends PTransform<PCollection<JoinSide>, JoinImprovements.ImprovedRows> {
  private static final TupleTag<ImprovementCounts> COUNTS = new TupleTag<>() {};
  private static final int FEWEST_BUCKETS = 64;
  private static final int MOST_BUCKETS = 4_096;
  private static final long ROWS_PER_BUCKET = 5_000;
  private static final long BYTES_PER_BUCKET = 5_000_000;

  private final int buckets;

  /** What the rows became, what is wrong with improvements, and how many were used. */
  record ImprovedRows(
      PCollection<Example> examples,
      PCollection<RejectedRecord> rejected,
      PCollection<Refusal> refusals,
      PCollection<ImprovementCounts> counts)
      implements CollectionRecord<ImprovedRows> {}

  private JoinImprovements(int buckets) {
    this.buckets = buckets;
  }

  /**
   * A join of a table with improvements. How much there is decides on the number of buckets, and on
   * nothing else.
   *
   * @param rows of the table
   * @param improvements their files
   */
  static JoinImprovements of(long rows, List<InputFile> improvements) {
    long bytes = improvements.stream().mapToLong(InputFile::unpackedBytes).sum();
    long wanted = rows / ROWS_PER_BUCKET + bytes / BYTES_PER_BUCKET;
    return new JoinImprovements((int) Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, wanted)));
  }

  @Override
  public ImprovedRows expand(PCollection<JoinSide> sides) {
    PCollectionTuple joined =
        sides
            .apply("KeyByBucket", ParDo.of(new KeyByBucketFn(buckets)))
            .setCoder(KvCoder.of(VarIntCoder.of(), JoinSideCoder.of()))
            .apply("PackSides", PackInBuckets.of(JoinSideCoder.of()))
            .apply("GroupByBucket", GroupByKey.create())
            .apply(
                "JoinBucket",
                ParDo.of(new JoinBucketFn())
                    .withOutputTags(
                        ReadRecords.EXAMPLES,
                        TupleTagList.of(ReadRecords.REJECTED)
                            .and(ReadRecords.REFUSALS)
                            .and(COUNTS)));
    return new ImprovedRows(
        joined.get(ReadRecords.EXAMPLES),
        joined.get(ReadRecords.REJECTED),
        joined.get(ReadRecords.REFUSALS),
        joined.get(COUNTS));
  }

  /** From an id to its bucket. */
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

  /** From a bucket to what its rows become. */
  private static final class JoinBucketFn extends DoFn<KV<Integer, Iterable<byte[]>>, Example> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> sides, MultiOutputReceiver out) {
      ImprovementBucket bucket = new ImprovementBucket();
      Packs.values(sides.getValue(), JoinSideCoder.of()).forEach(bucket::add);
      for (RowOutcome outcome : bucket.outcomes()) {
        if (outcome instanceof RowOutcome.Kept kept) {
          out.get(ReadRecords.EXAMPLES).output(kept.example());
        } else if (outcome instanceof RowOutcome.Rejected no) {
          out.get(ReadRecords.REJECTED).output(no.rejected());
        } else {
          throw new AssertionError(outcome);
        }
      }
      out.get(COUNTS).output(bucket.counts());
      for (Refusal refusal : bucket.refusals()) {
        out.get(ReadRecords.REFUSALS).output(refusal);
      }
    }
  }
}
