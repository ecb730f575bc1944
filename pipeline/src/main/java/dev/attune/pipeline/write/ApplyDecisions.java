package dev.attune.pipeline.write;

import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.DecidedExamples;
import dev.attune.pipeline.write.part.DecidedBucket;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Divides examples by what is decided about them, for a sink other than {@link WriteDataset}.
 *
 * <p>Input: lines, and exactly one decision for each; a line without a decision, or a decision
 * without a line, fails the pipeline, since a record was lost or invented. Output: {@link
 * DividedExamples}. Rejects with the reason of the decision, in the stage {@code dedup} or {@code
 * split}.
 *
 * <p>Deterministic, apart from the order of the output. Memory: the lines of one range.
 */
public final class ApplyDecisions extends PTransform<DecidedExamples, DividedExamples> {
  private static final TupleTag<EncodedExample> TRAINING = new TupleTag<>() {};
  private static final TupleTag<EncodedExample> VALIDATION = new TupleTag<>() {};
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  private final ContentHash contentHash;
  private final int ranges;

  private ApplyDecisions(ContentHash contentHash, int ranges) {
    this.contentHash = contentHash;
    this.ranges = ranges;
  }

  /**
   * Divides examples in one range.
   *
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   */
  public static ApplyDecisions of(ContentHash contentHash) {
    return new ApplyDecisions(contentHash, 1);
  }

  /**
   * Divides examples in this many ranges.
   *
   * @param count at least 1
   */
  public ApplyDecisions inBuckets(int count) {
    return new ApplyDecisions(contentHash, count);
  }

  @Override
  public DividedExamples expand(DecidedExamples input) {
    PCollectionTuple divided =
        input
            .apply("BringTogether", new GroupDecided(ranges))
            .apply(
                "Divide",
                ParDo.of(new DivideFn(contentHash))
                    .withOutputTags(TRAINING, TupleTagList.of(VALIDATION).and(REJECTED)));
    return new DividedExamples(
        divided.get(TRAINING), divided.get(VALIDATION), divided.get(REJECTED));
  }

  private static final class DivideFn extends DoFn<KV<Integer, Iterable<byte[]>>, EncodedExample> {
    private final ContentHash contentHash;

    DivideFn(ContentHash contentHash) {
      this.contentHash = contentHash;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> range, MultiOutputReceiver out) {
      DecidedBucket bucket = new DecidedBucket(contentHash);
      GroupDecided.read(range.getValue(), bucket::add, bucket::add);
      Map<Split, List<DecidedBucket.Kept>> kept = bucket.divide(out.get(REJECTED)::output);
      kept.forEach(
          (split, examples) ->
              examples.forEach(
                  example ->
                      out.get(split == Split.TRAINING ? TRAINING : VALIDATION)
                          .output(example.body())));
    }
  }
}
