package dev.attune.pipeline.dedup;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.Refusal;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Drops duplicates. Every identity in is one identity out, dropped or not, in no order. What is
 * equal here is said by the 128-bit keys of {@link Identity}. Memory: the identities of one bucket,
 * about 400 bytes each; for near duplicates a bucket of those that may be near to another one,
 * about a kilobyte each.
 */
public final class DropDuplicates extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** All identities; those with a {@code drop} gave way. */
  public static final TupleTag<Identity> IDENTITIES = new TupleTag<>() {};

  /** What must stay in one split though its records do not share a group. */
  public static final TupleTag<Join> JOINS = new TupleTag<>() {};

  /** What the texts that stay are compared by; nothing unless near duplicates are looked for. */
  public static final TupleTag<Shingled> SHINGLES = new TupleTag<>() {};

  /** Why the whole run is refused: too many texts that are alike. */
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  /** Templates among the texts that stay, of each bucket that has some; may be empty. */
  public static final TupleTag<Templates> TEMPLATES = new TupleTag<>() {};

  private static final EitherCoder<Identity, String> ID_ENTRIES =
      EitherCoder.of(RecordCoder.of(Identity.class), StringUtf8Coder.of());

  private final TupleTag<Identity> identities;
  private final TupleTag<Shingled> shingles;
  private final DuplicateRule rule;
  private final @Nullable PCollectionView<CommonPrompts> common;
  private final int buckets;

  private DropDuplicates(
      TupleTag<Identity> identities,
      TupleTag<Shingled> shingles,
      DuplicateRule rule,
      @Nullable PCollectionView<CommonPrompts> common,
      int buckets) {
    this.identities = identities;
    this.shingles = shingles;
    this.rule = rule;
    this.common = common;
    this.buckets = buckets;
  }

  /** Of the identities and shingles under these tags, by this rule, in one bucket. */
  public static DropDuplicates of(
      TupleTag<Identity> identities, TupleTag<Shingled> shingles, DuplicateRule rule) {
    return new DropDuplicates(identities, shingles, rule, null, 1);
  }

  /** Knowing which prompts are common: what comes out knows it, too, and joins accordingly. */
  public DropDuplicates knowing(PCollectionView<CommonPrompts> prompts) {
    return new DropDuplicates(identities, shingles, rule, prompts, buckets);
  }

  /**
   * In so many buckets.
   *
   * @param count at least 1; no byte of output depends on it
   */
  public DropDuplicates inBuckets(int count) {
    return new DropDuplicates(identities, shingles, rule, common, count);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollectionTuple exact = dropExact(input.get(identities));
    if (!rule.near()) {
      PCollection<Refusal> none =
          input.getPipeline().apply("RefuseNothing", Create.empty(RecordCoder.of(Refusal.class)));
      PCollection<Templates> noTemplates =
          input
              .getPipeline()
              .apply("FindNoTemplates", Create.empty(SerializableCoder.of(Templates.class)));
      return exact
          .and(SHINGLES, input.get(shingles))
          .and(TEMPLATES, noTemplates)
          .and(REFUSALS, none);
    }
    PCollectionTuple near =
        PCollectionTuple.of(DropNear.IDENTITIES, exact.get(IDENTITIES))
            .and(DropNear.SHINGLES, input.get(shingles))
            .apply("DropNear", new DropNear(new Similarity(rule.similarity()), common, buckets));
    PCollection<Join> joins =
        PCollectionList.of(exact.get(JOINS))
            .and(near.get(DropNear.JOINS))
            .apply("CollectAllJoins", Flatten.pCollections());
    return PCollectionTuple.of(IDENTITIES, near.get(DropNear.IDENTITIES))
        .and(JOINS, joins)
        .and(SHINGLES, near.get(DropNear.SHINGLES))
        .and(TEMPLATES, near.get(DropNear.TEMPLATES))
        .and(REFUSALS, near.get(DropNear.REFUSALS));
  }

  private PCollectionTuple dropExact(PCollection<Identity> all) {
    PCollectionTuple ids =
        all.apply("PackById", PackInBuckets.of(ID_ENTRIES, byId(buckets)))
            .apply("GroupById", GroupByKey.create())
            .apply(
                "ResolveIds",
                ParDo.of(new ResolveIdsFn(common))
                    .withSideInputs(common == null ? List.of() : List.of(common))
                    .withOutputTags(IDENTITIES, TupleTagList.of(JOINS)));
    PCollectionTuple contents =
        ids.get(IDENTITIES)
            .apply(
                "PackByContent",
                PackInBuckets.of(RecordCoder.of(Identity.class), byContent(buckets)))
            .apply("GroupByContent", GroupByKey.create())
            .apply(
                "ResolveContents",
                ParDo.of(new ResolveContentsFn())
                    .withOutputTags(IDENTITIES, TupleTagList.of(JOINS)));
    PCollection<Join> joins =
        PCollectionList.of(ids.get(JOINS))
            .and(contents.get(JOINS))
            .apply("CollectJoins", Flatten.pCollections());
    return PCollectionTuple.of(IDENTITIES, contents.get(IDENTITIES)).and(JOINS, joins);
  }

  private static void output(Resolved resolved, MultiOutputReceiver out) {
    resolved.identities().forEach(out.get(IDENTITIES)::output);
    resolved.joins().forEach(out.get(JOINS)::output);
  }

  /** A record goes to the bucket of its id, and word of its parent to the bucket of that id. */
  private static PackInBuckets.Spread<Identity, Either<Identity, String>> byId(int buckets) {
    return (identity, out) -> {
      out.add(bucketOfId(identity.rank().id(), buckets), Either.left(identity));
      String parent = identity.parent();
      if (parent != null) {
        out.add(bucketOfId(parent, buckets), Either.right(parent));
      }
    };
  }

  private static int bucketOfId(String id, int buckets) {
    return new Key128(0, Join.nodeOfId(id)).bucket(buckets);
  }

  private static PackInBuckets.Spread<Identity, Identity> byContent(int buckets) {
    return (identity, out) -> out.add(identity.content().bucket(buckets), identity);
  }

  private static final class ResolveIdsFn extends DoFn<KV<Integer, Iterable<byte[]>>, Identity> {
    private final @Nullable PCollectionView<CommonPrompts> common;

    ResolveIdsFn(@Nullable PCollectionView<CommonPrompts> common) {
      this.common = common;
    }

    @ProcessElement
    public void processElement(ProcessContext context, MultiOutputReceiver out) {
      KV<Integer, Iterable<byte[]>> bucket = context.element();
      CommonPrompts prompts = common == null ? CommonPrompts.NONE : context.sideInput(common);
      IdResolution resolution = new IdResolution();
      long ids = 0;
      for (Either<Identity, String> entry : Packs.values(bucket.getValue(), ID_ENTRIES)) {
        Identity read = entry.left();
        String parent = entry.right();
        if (read != null) {
          Identity identity = prompts.tell(read);
          joinToParent(identity, out);
          resolution.add(identity);
          ids++;
        } else if (parent != null) {
          resolution.addParent(parent);
        }
      }
      WorkDone.add(Kind.IDS_COMPARED, ids);
      output(resolution.resolve(), out);
    }

    private static void joinToParent(Identity identity, MultiOutputReceiver out) {
      String parent = identity.parent();
      if (parent != null) {
        out.get(JOINS).output(new Join(identity.node(), Join.nodeOfId(parent), Join.Cause.PARENT));
      }
    }
  }

  private static final class ResolveContentsFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, Identity> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, MultiOutputReceiver out) {
      ContentResolution resolution = new ContentResolution();
      Packs.values(bucket.getValue(), RecordCoder.of(Identity.class)).forEach(resolution::add);
      output(resolution.resolve(), out);
    }
  }
}
