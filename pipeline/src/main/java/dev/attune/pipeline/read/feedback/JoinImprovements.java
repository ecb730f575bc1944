package dev.attune.pipeline.read.feedback;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.read.ReadOutput;
import dev.attune.pipeline.rejection.Refusal;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Gives every waiting row its improvement. Groups by a bucket of the id's hash, never by the id: on
 * the DirectRunner a group is a bundle. A bucket is held in memory.
 */
final class JoinImprovements extends PTransform<PCollection<JoinSide>, PCollectionTuple> {
  private static final int FEWEST_BUCKETS = 64;
  private static final int MOST_BUCKETS = 4_096;
  private static final long ROWS_PER_BUCKET = 5_000;

  private final int buckets;

  /**
   * A join for a table of so many rows.
   *
   * @param rows decides on the number of buckets, and nothing else
   */
  JoinImprovements(long rows) {
    this.buckets = (int) Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, rows / ROWS_PER_BUCKET));
  }

  @Override
  public PCollectionTuple expand(PCollection<JoinSide> sides) {
    return sides
        .apply("KeyByBucket", ParDo.of(new KeyByBucketFn(buckets)))
        .setCoder(KvCoder.of(VarIntCoder.of(), JoinSideCoder.of()))
        .apply("GroupByBucket", GroupByKey.create())
        .apply(
            "JoinBucket",
            ParDo.of(new JoinBucketFn())
                .withOutputTags(
                    ReadOutput.EXAMPLES,
                    TupleTagList.of(ReadOutput.REJECTED).and(ReadOutput.REFUSALS)));
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
  private static final class JoinBucketFn extends DoFn<KV<Integer, Iterable<JoinSide>>, Example> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<JoinSide>> sides, MultiOutputReceiver out) {
      ImprovementBucket bucket = new ImprovementBucket();
      for (JoinSide side : sides.getValue()) {
        bucket.add(side);
      }
      for (RowOutcome outcome : bucket.outcomes()) {
        if (outcome instanceof RowOutcome.Kept kept) {
          out.get(ReadOutput.EXAMPLES).output(kept.example());
        } else if (outcome instanceof RowOutcome.Rejected no) {
          out.get(ReadOutput.REJECTED).output(no.rejected());
        } else {
          throw new AssertionError(outcome);
        }
      }
      for (Refusal refusal : bucket.refusals()) {
        out.get(ReadOutput.REFUSALS).output(refusal);
      }
    }
  }
}
