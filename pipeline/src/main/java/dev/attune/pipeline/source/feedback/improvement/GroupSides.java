package dev.attune.pipeline.source.feedback.improvement;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Groups rows and improvements by a bucket of the id's hash, not by the id, because every group
 * costs the DirectRunner a bundle.
 */
final class GroupSides
    extends PTransform<PCollection<JoinSide>, PCollection<KV<Integer, Iterable<byte[]>>>> {
  private static final int FEWEST_BUCKETS = 64;
  private static final int MOST_BUCKETS = 4_096;
  private static final long ROWS_PER_BUCKET = 5_000;
  private static final long BYTES_PER_BUCKET = 5_000_000;

  private final int buckets;

  private GroupSides(int buckets) {
    this.buckets = buckets;
  }

  /**
   * Creates a step. The sizes only decide the number of buckets.
   *
   * @param rows of the table
   * @param improvements their files
   */
  static GroupSides of(long rows, List<InputFile> improvements) {
    long bytes = improvements.stream().mapToLong(InputFile::unpackedBytes).sum();
    long wanted = rows / ROWS_PER_BUCKET + bytes / BYTES_PER_BUCKET;
    return new GroupSides((int) Math.min(MOST_BUCKETS, Math.max(FEWEST_BUCKETS, wanted)));
  }

  @Override
  public PCollection<KV<Integer, Iterable<byte[]>>> expand(PCollection<JoinSide> sides) {
    return sides
        .apply("KeyByBucket", ParDo.of(new KeyByBucketFn(buckets)))
        .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(JoinSide.class)))
        .apply("PackSides", PackInBuckets.of(RecordCoder.of(JoinSide.class)))
        .apply("GroupByBucket", GroupByKey.create());
  }

  /** Returns the rows and improvements of a group. */
  static ImprovementBucket bucket(KV<Integer, Iterable<byte[]>> sides) {
    ImprovementBucket bucket = new ImprovementBucket();
    Packs.values(sides.getValue(), RecordCoder.of(JoinSide.class)).forEach(bucket::add);
    return bucket;
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
}
