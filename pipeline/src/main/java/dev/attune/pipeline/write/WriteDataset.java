package dev.attune.pipeline.write;

import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.Gather;
import dev.attune.pipeline.write.Posting.Kind;
import dev.attune.pipeline.write.part.BucketWriter;
import dev.attune.pipeline.write.part.DecidedBucket;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.RejectedBucketWriter;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.TemporaryFolder;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dataset: train.jsonl, valid.jsonl, lineage.jsonl, rejected.jsonl, the report and, last,
 * manifest.json. Publishes nothing if an input is a refusal; fails if the counts do not agree.
 *
 * <p>Input: {@link DatasetParts}. Output: files only; {@link Outcome} describes how the run ended.
 * The lines are shuffled once, with their decisions, into ranges of the fingerprint. Each range is
 * sorted and written as a part; one worker assembles the files from the parts.
 *
 * <p>Deterministic: the same input gives the same bytes, regardless of its order and the number of
 * ranges. A bundle can be retried. Memory: the lines of one range, twice while they are sorted; in
 * the last step a few kilobytes per part.
 */
public final class WriteDataset extends PTransform<DatasetParts, PDone> {
  private static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};
  private static final TupleTag<ExamplePart> PARTS = new TupleTag<>() {};

  /** The maximum number of parts that are merged at once. */
  private static final int MAXIMUM_REJECTED_PARTS = 64;

  private final Publication publication;
  private final ContentHash contentHash;
  private final boolean byGroup;
  private final int buckets;

  private WriteDataset(
      Publication publication, ContentHash contentHash, boolean byGroup, int buckets) {
    this.publication = publication;
    this.contentHash = contentHash;
    this.byGroup = byGroup;
    this.buckets = buckets;
  }

  /**
   * Returns a step that writes to the folder of a publication, in one range.
   *
   * @param contentHash hashes the texts of rejected records, keyed with the dataset's name
   * @param byGroup whether the split keeps groups together, so that groups in both splits are
   *     counted
   */
  public static WriteDataset to(Publication publication, ContentHash contentHash, boolean byGroup) {
    return new WriteDataset(publication, contentHash, byGroup, 1);
  }

  /**
   * Returns a step that writes in a number of ranges.
   *
   * @param count at least 1; the output does not depend on it
   */
  public WriteDataset inBuckets(int count) {
    return new WriteDataset(publication, contentHash, byGroup, count);
  }

  @Override
  public PDone expand(DatasetParts input) {
    PCollectionTuple written =
        input
            .examples()
            .apply("BringTogether", new GroupDecided(buckets))
            .apply(
                "WriteParts",
                ParDo.of(new WritePartsFn(publication.temporary(), contentHash, byGroup))
                    .withOutputTags(PARTS, TupleTagList.of(REJECTED)));
    PCollection<RejectedPart> rejected =
        Gather.flatten("CollectRejected", input.rejected(), written.get(REJECTED))
            .apply(
                "PackRejected",
                PackInBuckets.of(
                    RecordCoder.of(RejectedRecord.class),
                    byId(Math.min(buckets, MAXIMUM_REJECTED_PARTS))))
            .apply("GroupRejected", GroupByKey.create())
            .apply("WriteRejected", ParDo.of(new WriteRejectedFn(publication.temporary())));
    DatasetParts.RunCounts counts = input.counts();
    DatasetParts.RunRemarks remarks = input.remarks();
    PCollection<Posting> postings =
        Gather.flatten(
            "FlattenPostings",
            post(Kind.READ, counts.tallies()),
            post(Kind.CARRIED, counts.carried()),
            post(Kind.IMPROVEMENTS, counts.improvements()),
            post(Kind.REDACTIONS, counts.redactions()),
            post(Kind.EXAMPLES, written.get(PARTS)),
            post(Kind.REJECTED, rejected),
            post(Kind.REFUSAL, input.refusals()),
            post(Kind.NOTE, remarks.notes()),
            post(Kind.TOGETHER, remarks.together()),
            post(Kind.COMMON, remarks.common()),
            post(Kind.LEFT_OUT, remarks.leftOut()),
            post(Kind.UNDIVIDED, remarks.undivided()));
    Gather.inOneGroup("Postings", postings, Posting.NOTHING)
        .apply("Publish", ParDo.of(new PublishFn(publication)));
    return PDone.in(input.getPipeline());
  }

  private static <T extends Serializable> @Nullable PCollection<Posting> post(
      Kind kind, @Nullable PCollection<T> values) {
    return values == null
        ? null
        : values.apply(
            "Post " + kind,
            MapElements.into(TypeDescriptor.of(Posting.class))
                .via(value -> new Posting(kind, value)));
  }

  private static PackInBuckets.Spread<RejectedRecord, RejectedRecord> byId(int buckets) {
    return (record, out) ->
        out.add(new Key128(0, Join.nodeOfId(record.id())).bucket(buckets), record);
  }

  private static final class WritePartsFn extends DoFn<KV<Integer, Iterable<byte[]>>, ExamplePart> {
    private final TemporaryFolder folder;
    private final ContentHash contentHash;
    private final boolean byGroup;

    WritePartsFn(TemporaryFolder folder, ContentHash contentHash, boolean byGroup) {
      this.folder = folder;
      this.contentHash = contentHash;
      this.byGroup = byGroup;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, MultiOutputReceiver out) throws IOException {
      DecidedBucket decided = new DecidedBucket(contentHash);
      GroupDecided.read(bucket.getValue(), decided::add, decided::add);
      new BucketWriter(folder, byGroup)
          .write(bucket.getKey(), decided, out.get(PARTS)::output, out.get(REJECTED)::output);
    }
  }

  private static final class WriteRejectedFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, RejectedPart> {
    private final TemporaryFolder folder;

    WriteRejectedFn(TemporaryFolder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<RejectedPart> out)
        throws IOException {
      RejectedBucketWriter writer = new RejectedBucketWriter(folder);
      Packs.values(bucket.getValue(), RecordCoder.of(RejectedRecord.class)).forEach(writer::add);
      out.output(writer.write(bucket.getKey()));
    }
  }

  private static final class PublishFn extends DoFn<KV<Integer, Iterable<Posting>>, Void> {
    private final Publication publication;

    PublishFn(Publication publication) {
      this.publication = publication;
    }

    @ProcessElement
    public void processElement(@Element KV<Integer, Iterable<Posting>> postings)
        throws IOException {
      new DatasetPublisher(publication).publish(postings.getValue());
    }
  }
}
