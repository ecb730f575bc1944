package dev.attune.pipeline.write;

import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.Redactions;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.write.Posting.Kind;
import dev.attune.pipeline.write.part.BucketWriter;
import dev.attune.pipeline.write.part.ExamplePart;
import dev.attune.pipeline.write.part.RejectedBucketWriter;
import dev.attune.pipeline.write.part.RejectedPart;
import dev.attune.pipeline.write.part.TemporaryFolder;
import java.io.IOException;
import java.io.Serializable;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Writes the dataset. The one shuffle of the bodies is here: they are grouped with their decisions
 * by ranges of the fingerprint, sorted in each range, and the ranges put together by one finalizer,
 * which checks the sums, publishes with the manifest last, or refuses. Memory: the bodies of one
 * range, and in the finalizer a few kilobytes a part.
 */
public final class WriteDataset extends PTransform<PCollectionTuple, PDone> {
  /** Every example that passed all checks. */
  public static final TupleTag<EncodedExample> BODIES = new TupleTag<>() {};

  /** What was decided about each of them. */
  public static final TupleTag<Decision> DECISIONS = new TupleTag<>() {};

  /** The records that earlier stages rejected. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  /** What was read. */
  public static final TupleTag<Tally> TALLIES = new TupleTag<>() {};

  /** What was read of the previous dataset, under the names of its files; need not be there. */
  public static final TupleTag<Tally> CARRIED = new TupleTag<>() {};

  /** How many places in texts were replaced. */
  public static final TupleTag<Redactions> REDACTIONS = new TupleTag<>() {};

  /** Why the run must be refused. */
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  /** What a person should know, each a sentence. */
  public static final TupleTag<String> NOTES = new TupleTag<>() {};

  /** Why there is no dataset where the split cannot divide: a sentence, or none. */
  public static final TupleTag<String> UNDIVIDED = new TupleTag<>() {};

  /** What stays together, each a sentence for the report. */
  public static final TupleTag<String> TOGETHER = new TupleTag<>() {};

  /** Which prompts are common: one element. */
  public static final TupleTag<CommonPrompts> COMMON = new TupleTag<>() {};

  /** What became of the lines of improvements; need not be there. */
  public static final TupleTag<ImprovementCounts> IMPROVEMENTS = new TupleTag<>() {};

  /** What was left out where texts of validation were compared. */
  public static final TupleTag<LeftOutByContent> LEFT_OUT = new TupleTag<>() {};

  private static final TupleTag<ExamplePart> PARTS = new TupleTag<>() {};

  private static final EitherCoder<EncodedExample, Decision> BODY_OR_DECISION =
      EitherCoder.of(RecordCoder.of(EncodedExample.class), RecordCoder.of(Decision.class));

  /** So many parts are open at once while they are merged. */
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
   * To where the publication says.
   *
   * @param byGroup whether groups had to stay together, so that they are measured across the splits
   */
  public static WriteDataset to(Publication publication, ContentHash contentHash, boolean byGroup) {
    return new WriteDataset(publication, contentHash, byGroup, 1);
  }

  /** In so many ranges; no byte of output depends on it. */
  public WriteDataset inBuckets(int count) {
    return new WriteDataset(publication, contentHash, byGroup, count);
  }

  @Override
  public PDone expand(PCollectionTuple input) {
    PCollectionTuple written = writeExamples(input.get(BODIES), input.get(DECISIONS));
    PCollection<RejectedPart> rejected =
        PCollectionList.of(input.get(REJECTED))
            .and(written.get(REJECTED))
            .apply("CollectRejected", Flatten.pCollections())
            .apply(
                "PackRejected",
                PackInBuckets.of(
                    RecordCoder.of(RejectedRecord.class),
                    byId(Math.min(buckets, MAXIMUM_REJECTED_PARTS))))
            .apply("GroupRejected", GroupByKey.create())
            .apply("WriteRejected", ParDo.of(new WriteRejectedFn(publication.temporary())))
            .setCoder(SerializableCoder.of(RejectedPart.class));
    Coder<Posting> coder = SerializableCoder.of(Posting.class);
    PCollectionList<Posting> postings =
        PCollectionList.of(
            input.getPipeline().apply("PostNothing", Create.of(Posting.NOTHING).withCoder(coder)));
    if (input.has(CARRIED)) {
      postings = postings.and(post(Kind.CARRIED, input.get(CARRIED)));
    }
    if (input.has(IMPROVEMENTS)) {
      postings = postings.and(post(Kind.IMPROVEMENTS, input.get(IMPROVEMENTS)));
    }
    postings
        .and(post(Kind.READ, input.get(TALLIES)))
        .and(post(Kind.EXAMPLES, written.get(PARTS)))
        .and(post(Kind.REJECTED, rejected))
        .and(post(Kind.REDACTIONS, input.get(REDACTIONS)))
        .and(post(Kind.REFUSAL, input.get(REFUSALS)))
        .and(post(Kind.NOTE, input.get(NOTES)))
        .and(post(Kind.TOGETHER, input.get(TOGETHER)))
        .and(post(Kind.COMMON, input.get(COMMON)))
        .and(post(Kind.LEFT_OUT, input.get(LEFT_OUT)))
        .and(post(Kind.UNDIVIDED, input.get(UNDIVIDED)))
        .apply("CollectPostings", Flatten.pCollections())
        .apply("KeyPostings", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("GroupPostings", GroupByKey.create())
        .apply("Publish", ParDo.of(new PublishFn(publication)));
    return PDone.in(input.getPipeline());
  }

  private static <T extends Serializable> PCollection<Posting> post(
      Kind kind, PCollection<T> told) {
    return told.apply(
            "Post " + kind,
            MapElements.into(TypeDescriptor.of(Posting.class))
                .via(value -> new Posting(kind, value)))
        .setCoder(SerializableCoder.of(Posting.class));
  }

  private PCollectionTuple writeExamples(
      PCollection<EncodedExample> bodies, PCollection<Decision> decisions) {
    PCollection<KV<Integer, byte[]>> bodyPacks =
        bodies.apply("PackBodies", PackInBuckets.of(BODY_OR_DECISION, byBody(buckets)));
    // Grouped first, so that what adds a range's decisions to its bodies touches no other range:
    // the DirectRunner copies the bodies of every range that a bundle adds to.
    PCollection<KV<Integer, byte[]>> decisionPacks =
        decisions
            .apply("PackDecisions", PackInBuckets.of(BODY_OR_DECISION, byDecision(buckets)))
            .apply("GroupDecisions", GroupByKey.create())
            .apply("HandOnDecisions", ParDo.of(new HandOnFn()))
            .setCoder(bodyPacks.getCoder());
    PCollectionTuple written =
        PCollectionList.of(bodyPacks)
            .and(decisionPacks)
            .apply("BringTogether", Flatten.pCollections())
            .apply("GroupByRange", GroupByKey.create())
            .apply(
                "WriteParts",
                ParDo.of(new WritePartsFn(publication.temporary(), contentHash, byGroup))
                    .withOutputTags(PARTS, TupleTagList.of(REJECTED)));
    written.get(PARTS).setCoder(SerializableCoder.of(ExamplePart.class));
    return written;
  }

  private static PackInBuckets.Spread<EncodedExample, Either<EncodedExample, Decision>> byBody(
      int buckets) {
    return (body, out) -> out.add(body.fingerprint().range(buckets), Either.left(body));
  }

  private static PackInBuckets.Spread<Decision, Either<EncodedExample, Decision>> byDecision(
      int buckets) {
    return (decision, out) ->
        out.add(decision.fingerprint().range(buckets), Either.right(decision));
  }

  private static PackInBuckets.Spread<RejectedRecord, RejectedRecord> byId(int buckets) {
    return (record, out) ->
        out.add(new Key128(0, Join.nodeOfId(record.id())).bucket(buckets), record);
  }

  private static final class HandOnFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<KV<Integer, byte[]>> out) {
      for (byte[] pack : bucket.getValue()) {
        out.output(KV.of(bucket.getKey(), pack));
      }
    }
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
      BucketWriter writer = new BucketWriter(folder, contentHash, byGroup);
      for (Either<EncodedExample, Decision> value :
          Packs.values(bucket.getValue(), BODY_OR_DECISION)) {
        EncodedExample body = value.left();
        Decision decision = value.right();
        if (body != null) {
          writer.add(body);
        } else if (decision != null) {
          writer.add(decision);
        }
      }
      writer.write(bucket.getKey(), out.get(PARTS)::output, out.get(REJECTED)::output);
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
