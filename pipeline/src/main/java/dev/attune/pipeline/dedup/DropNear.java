package dev.attune.pipeline.dedup;

import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.PackInBuckets.Buckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.coder.ShingledCoder;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.Refusal;
import java.util.List;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Drops near duplicates among what is left of the exact ones. Bands of signatures find candidates;
 * candidates are joined to neighbourhoods in one worker, as longs; only records with candidates and
 * their shingles are shuffled, each once, to where their neighbourhood is resolved. Memory: the
 * bands of one bucket, the joined texts in one worker ({@link Components#MAXIMUM_NODES}), and one
 * bucket of neighbourhoods, at least the largest of them.
 */
final class DropNear extends PTransform<PCollectionTuple, PCollectionTuple> {
  static final TupleTag<Identity> IDENTITIES = new TupleTag<>() {};

  /** In: of every record. Out: of those that stay, and of few others that gave way before. */
  static final TupleTag<Shingled> SHINGLES = new TupleTag<>() {};

  static final TupleTag<Join> JOINS = new TupleTag<>() {};
  static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  /** Out: of each bucket that has some; may be empty. */
  static final TupleTag<Templates> TEMPLATES = new TupleTag<>() {};

  private static final TupleTag<Roots> ROOTS = new TupleTag<>() {};
  private static final TupleTag<KV<Integer, KV<Long, Either<Identity, Shingled>>>> COMPANY =
      new TupleTag<>() {};

  private static final KvCoder<Long, Either<Identity, Shingled>> MEMBERS =
      KvCoder.of(
          BigEndianLongCoder.of(),
          EitherCoder.of(RecordCoder.of(Identity.class), ShingledCoder.of()));

  private final Similarity similarity;
  private final @Nullable PCollectionView<CommonPrompts> common;
  private final int buckets;

  /**
   * @param common which prompts are common, or null: none
   */
  DropNear(Similarity similarity, @Nullable PCollectionView<CommonPrompts> common, int buckets) {
    this.similarity = similarity;
    this.common = common;
    this.buckets = buckets;
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollectionTuple found = findNeighbourhoods(input.get(SHINGLES));
    PCollectionView<Roots> roots =
        found
            .get(ROOTS)
            .setCoder(SerializableCoder.of(Roots.class))
            .apply("ViewNeighbourhoods", View.asSingleton());
    PCollectionTuple records =
        input
            .get(IDENTITIES)
            .apply(
                "FindCompany",
                ParDo.of(new FindCompanyFn(roots, buckets))
                    .withSideInputs(roots)
                    .withOutputTags(IDENTITIES, TupleTagList.of(COMPANY)));
    PCollectionTuple shingles =
        input
            .get(SHINGLES)
            .apply(
                "BringShingles",
                ParDo.of(new BringShinglesFn(roots, common, buckets))
                    .withSideInputs(common == null ? List.of(roots) : List.of(roots, common))
                    .withOutputTags(SHINGLES, TupleTagList.of(COMPANY)));
    PCollectionTuple resolved =
        PCollectionList.of(records.get(COMPANY).setCoder(KvCoder.of(VarIntCoder.of(), MEMBERS)))
            .and(shingles.get(COMPANY).setCoder(KvCoder.of(VarIntCoder.of(), MEMBERS)))
            .apply("CollectMembers", Flatten.pCollections())
            .apply("PackMembers", PackInBuckets.of(MEMBERS))
            .apply("GroupMembers", GroupByKey.create())
            .apply(
                "ResolveNeighbourhoods",
                ParDo.of(new ResolveNeighbourhoodsFn(similarity))
                    .withOutputTags(
                        IDENTITIES, TupleTagList.of(JOINS).and(SHINGLES).and(TEMPLATES)));
    PCollection<Shingled> staying =
        PCollectionList.of(shingles.get(SHINGLES))
            .and(resolved.get(SHINGLES))
            .apply("CollectShingles", Flatten.pCollections());
    PCollection<Identity> identities =
        PCollectionList.of(records.get(IDENTITIES))
            .and(resolved.get(IDENTITIES))
            .apply("CollectIdentities", Flatten.pCollections());
    return PCollectionTuple.of(IDENTITIES, identities)
        .and(SHINGLES, staying)
        .and(JOINS, resolved.get(JOINS))
        .and(TEMPLATES, resolved.get(TEMPLATES).setCoder(SerializableCoder.of(Templates.class)))
        .and(REFUSALS, found.get(REFUSALS));
  }

  private PCollectionTuple findNeighbourhoods(PCollection<Shingled> shingles) {
    PCollection<Join> candidates =
        shingles
            .apply(
                "PackBands",
                PackInBuckets.of(
                    RecordCoder.of(BandEntry.class), new SpreadBands(similarity, buckets)))
            .apply("GroupBands", GroupByKey.create())
            .apply("JoinCandidates", ParDo.of(new JoinCandidatesFn(similarity)));
    // Never empty: what is viewed below must not be.
    return PCollectionList.of(candidates)
        .and(
            shingles
                .getPipeline()
                .apply("JoinNothing", Create.of(Join.NONE).withCoder(RecordCoder.of(Join.class))))
        .apply("CollectCandidates", Flatten.pCollections())
        .apply(
            "PackCandidates",
            PackInBuckets.of(
                RecordCoder.of(Join.class), (Join join, Buckets<Join> out) -> out.add(0, join)))
        .apply("GroupCandidates", GroupByKey.create())
        .apply(
            "FindNeighbourhoods",
            ParDo.of(new FindNeighbourhoodsFn()).withOutputTags(ROOTS, TupleTagList.of(REFUSALS)));
  }

  private static final class JoinCandidatesFn extends DoFn<KV<Integer, Iterable<byte[]>>, Join> {
    private final Similarity similarity;

    JoinCandidatesFn(Similarity similarity) {
      this.similarity = similarity;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<Join> out) {
      BandBucket bands = new BandBucket(new Signatures(similarity));
      long entries = 0;
      for (BandEntry entry : Packs.values(bucket.getValue(), RecordCoder.of(BandEntry.class))) {
        bands.add(entry);
        entries++;
      }
      bands.join(out::output);
      WorkDone.add(Kind.BANDS_COMPARED, entries);
    }
  }

  private static final class FindNeighbourhoodsFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, Roots> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> joins, MultiOutputReceiver out) {
      Components components = new Components();
      for (Join join : Packs.values(joins.getValue(), RecordCoder.of(Join.class))) {
        components.join(join);
        if (components.full()) {
          out.get(REFUSALS).output(tooMany());
          out.get(ROOTS).output(Roots.NONE);
          return;
        }
      }
      out.get(ROOTS).output(components.roots());
    }
  }

  private static Refusal tooMany() {
    return new Refusal(
        "duplicates.near",
        "more than "
            + Components.MAXIMUM_NODES
            + " texts have others that are like them; prepare fewer records at once, or write near:"
            + " false");
  }

  private static final class FindCompanyFn extends DoFn<Identity, Identity> {
    private final PCollectionView<Roots> roots;
    private final int buckets;

    FindCompanyFn(PCollectionView<Roots> roots, int buckets) {
      this.roots = roots;
      this.buckets = buckets;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Identity identity = context.element();
      Roots neighbourhoods = context.sideInput(roots);
      long node = identity.content().low();
      if (neighbourhoods.joined(node)) {
        context.output(COMPANY, member(neighbourhoods.root(node), Either.left(identity), buckets));
      } else {
        context.output(identity);
      }
    }
  }

  private static final class BringShinglesFn extends DoFn<Shingled, Shingled> {
    private final PCollectionView<Roots> roots;
    private final @Nullable PCollectionView<CommonPrompts> common;
    private final int buckets;
    // Asked for once a bundle: on Flink it costs more than what is done with it.
    private transient @Nullable CommonPrompts known;

    BringShinglesFn(
        PCollectionView<Roots> roots,
        @Nullable PCollectionView<CommonPrompts> common,
        int buckets) {
      this.roots = roots;
      this.common = common;
      this.buckets = buckets;
    }

    @StartBundle
    public void startBundle() {
      known = null;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Shingled text = prompts(context).tell(context.element());
      Roots neighbourhoods = context.sideInput(roots);
      if (neighbourhoods.joined(text.node())) {
        long root = neighbourhoods.root(text.node());
        context.output(COMPANY, member(root, Either.right(text), buckets));
      } else {
        context.output(text);
      }
    }

    private CommonPrompts prompts(ProcessContext context) {
      if (known == null) {
        known = common == null ? CommonPrompts.NONE : context.sideInput(common);
      }
      return known;
    }
  }

  private static KV<Integer, KV<Long, Either<Identity, Shingled>>> member(
      long root, Either<Identity, Shingled> value, int buckets) {
    return KV.of(new Key128(0, root).bucket(buckets), KV.of(root, value));
  }

  private static final class ResolveNeighbourhoodsFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, Identity> {
    private final Similarity similarity;

    ResolveNeighbourhoodsFn(Similarity similarity) {
      this.similarity = similarity;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, MultiOutputReceiver out) {
      NeighbourhoodBucket neighbourhoods = new NeighbourhoodBucket(similarity);
      for (KV<Long, Either<Identity, Shingled>> member : Packs.values(bucket.getValue(), MEMBERS)) {
        Identity identity = member.getValue().left();
        Shingled shingled = member.getValue().right();
        if (identity != null) {
          neighbourhoods.add(member.getKey(), identity);
        } else if (shingled != null) {
          neighbourhoods.add(member.getKey(), shingled);
        }
      }
      Resolved resolved = neighbourhoods.resolve(out.get(SHINGLES)::output);
      resolved.identities().forEach(out.get(IDENTITIES)::output);
      resolved.joins().forEach(out.get(JOINS)::output);
      if (neighbourhoods.templates().count() > 0) {
        out.get(TEMPLATES).output(neighbourhoods.templates());
      }
    }
  }
}
