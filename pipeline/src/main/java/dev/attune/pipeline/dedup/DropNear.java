package dev.attune.pipeline.dedup;

import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.coder.ShingledCoder;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.CommonPrompts;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Signatures;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.AskRoots;
import dev.attune.pipeline.stage.CachedSideInput;
import dev.attune.pipeline.stage.ComparedRecords;
import dev.attune.pipeline.stage.FindComponents;
import dev.attune.pipeline.stage.Gather;
import java.util.List;
import org.apache.beam.sdk.coders.BigEndianLongCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Drops near duplicates among records that have no exact duplicates. Bands of signatures find
 * candidates. One worker joins the candidates, as longs, to neighbourhoods. Only records with
 * candidates are shuffled, each once with its shingles, to the worker that resolves the
 * neighbourhood. The output has the shingles of the records that are kept, and of a few that were
 * dropped before. Memory: the bands of one bucket, the joined texts in one worker ({@link
 * Components#MAXIMUM_NODES}), and one bucket of neighbourhoods, at least the largest of them.
 */
final class DropNear extends PTransform<ComparedRecords, DistinctRecords> {
  private static final TupleTag<Identity> IDENTITIES = new TupleTag<>() {};
  private static final TupleTag<Shingled> SHINGLES = new TupleTag<>() {};
  private static final TupleTag<Join> JOINS = new TupleTag<>() {};
  private static final TupleTag<Templates> TEMPLATES = new TupleTag<>() {};
  private static final Refusal TOO_MANY =
      new Refusal(
          "duplicates.near", Messages.of("pipeline.duplicates.too-many", Components.MAXIMUM_NODES));
  private static final TupleTag<KV<Integer, KV<Long, Either<Identity, Shingled>>>> MEMBERS =
      new TupleTag<>() {};

  private static final KvCoder<Long, Either<Identity, Shingled>> MEMBER_CODER =
      KvCoder.of(
          BigEndianLongCoder.of(),
          EitherCoder.of(RecordCoder.of(Identity.class), ShingledCoder.of()));

  private final Similarity similarity;
  private final @Nullable PCollectionView<CommonPrompts> common;
  private final int buckets;
  private final boolean byKey;

  /**
   * @param common the common prompts, or null if there are none
   * @param byKey whether texts are joined with their neighbourhoods by key
   */
  DropNear(
      Similarity similarity,
      @Nullable PCollectionView<CommonPrompts> common,
      int buckets,
      boolean byKey) {
    this.similarity = similarity;
    this.common = common;
    this.buckets = buckets;
    this.byKey = byKey;
  }

  @Override
  public DistinctRecords expand(ComparedRecords input) {
    FindComponents.FoundComponents found =
        findCandidates(input.shingles())
            .apply(
                "FindNeighbourhoods",
                FindComponents.orRefuse(TOO_MANY).inBuckets(byKey ? buckets : 0));
    PCollectionTuple records =
        input
            .identities()
            .apply(
                "FindMembers",
                new AskRoots<>(found, findMembers(buckets), IDENTITIES, TupleTagList.of(MEMBERS)));
    PCollectionTuple shingles =
        input
            .shingles()
            .apply(
                "BringShingles",
                new AskRoots<>(
                    found, bringShingles(common, buckets), SHINGLES, TupleTagList.of(MEMBERS)));
    PCollectionTuple resolved = resolve(records.get(MEMBERS), shingles.get(MEMBERS));
    ComparedRecords distinct =
        new ComparedRecords(
            Gather.flatten(
                "CollectIdentities",
                records.get(IDENTITIES).setCoder(RecordCoder.of(Identity.class)),
                resolved.get(IDENTITIES)),
            Gather.flatten("CollectAllJoins", input.joins(), resolved.get(JOINS)),
            Gather.flatten(
                "CollectShingles",
                shingles.get(SHINGLES).setCoder(ShingledCoder.of()),
                resolved.get(SHINGLES)));
    PCollection<String> templates =
        resolved
            .get(TEMPLATES)
            .apply("CombineTemplates", Combine.globally(Templates::sum).withoutDefaults())
            .apply(
                "DescribeTemplates",
                FlatMapElements.into(TypeDescriptors.strings()).via(Templates::sentences));
    return new DistinctRecords(distinct, templates, found.refusals());
  }

  private PCollectionTuple resolve(
      PCollection<KV<Integer, KV<Long, Either<Identity, Shingled>>>> records,
      PCollection<KV<Integer, KV<Long, Either<Identity, Shingled>>>> shingles) {
    KvCoder<Integer, KV<Long, Either<Identity, Shingled>>> coder =
        KvCoder.of(VarIntCoder.of(), MEMBER_CODER);
    return Gather.flatten("CollectMembers", records.setCoder(coder), shingles.setCoder(coder))
        .apply("PackMembers", PackInBuckets.of(MEMBER_CODER))
        .apply("GroupMembers", GroupByKey.create())
        .apply(
            "ResolveNeighbourhoods",
            ParDo.of(new ResolveNeighbourhoodsFn(similarity))
                .withOutputTags(IDENTITIES, TupleTagList.of(JOINS).and(SHINGLES).and(TEMPLATES)));
  }

  private PCollection<Join> findCandidates(PCollection<Shingled> shingles) {
    return shingles
        .apply(
            "PackBands",
            PackInBuckets.of(RecordCoder.of(BandEntry.class), new SpreadBands(similarity, buckets)))
        .apply("GroupBands", GroupByKey.create())
        .apply("JoinCandidates", ParDo.of(new JoinCandidatesFn(similarity)));
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

  private static AskRoots.Question<Identity> findMembers(int buckets) {
    return new AskRoots.Question<>(
        RecordCoder.of(Identity.class),
        identity -> identity.content().low(),
        (identity, roots, context, out) -> {
          long node = identity.content().low();
          if (roots.joined(node)) {
            out.get(MEMBERS).output(member(roots.root(node), Either.left(identity), buckets));
          } else {
            out.get(IDENTITIES).output(identity);
          }
        },
        List.of());
  }

  private static AskRoots.Question<Shingled> bringShingles(
      @Nullable PCollectionView<CommonPrompts> common, int buckets) {
    CachedSideInput<CommonPrompts> prompts = common == null ? null : new CachedSideInput<>(common);
    return new AskRoots.Question<>(
        ShingledCoder.of(),
        Shingled::node,
        (shingled, roots, context, out) -> {
          CommonPrompts told = prompts == null ? CommonPrompts.NONE : prompts.get(context);
          Shingled text = told.tell(shingled);
          if (roots.joined(text.node())) {
            long root = roots.root(text.node());
            out.get(MEMBERS).output(member(root, Either.right(text), buckets));
          } else {
            out.get(SHINGLES).output(text);
          }
        },
        common == null ? List.of() : List.of(common));
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
      for (KV<Long, Either<Identity, Shingled>> member :
          Packs.values(bucket.getValue(), MEMBER_CODER)) {
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
