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
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.ComparedRecords;
import dev.attune.pipeline.stage.Gather;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Drops exact duplicates, and near duplicates if the rule says so.
 *
 * <p>Input: the records with the joins found so far, and with their shingles if near duplicates are
 * dropped. Without {@link #withCommonPrompts}, near duplicates with a common prompt are joined,
 * too. Output: {@link DistinctRecords}, which has every identity of the input. An identity that is
 * dropped has a {@code drop} with one of the reasons {@code DUPLICATE_ID}, {@code
 * CONFLICTING_CATEGORIES}, {@code EXACT_DUPLICATE} and {@code NEAR_DUPLICATE}; {@code AssignSplit}
 * turns it into a decision.
 *
 * <p>Two records are equal if the 128-bit keys of their {@link Identity} are equal. Of several
 * duplicates the one with the best {@code Rank} stays. Deterministic: the output does not depend on
 * the order of the input or the number of buckets. Memory: the identities of one bucket, about 400
 * bytes each; if near duplicates are dropped, also the candidates of one bucket, about a kilobyte
 * each.
 */
public final class DropDuplicates extends PTransform<ComparedRecords, DistinctRecords> {
  private static final TupleTag<Identity> IDENTITIES = new TupleTag<>() {};
  private static final TupleTag<Join> JOINS = new TupleTag<>() {};

  private static final EitherCoder<Identity, String> ID_ENTRIES =
      EitherCoder.of(RecordCoder.of(Identity.class), StringUtf8Coder.of());

  private final DuplicateRule rule;
  private final @Nullable PCollectionView<CommonPrompts> common;
  private final int buckets;
  private final boolean byKey;

  private DropDuplicates(
      DuplicateRule rule,
      @Nullable PCollectionView<CommonPrompts> common,
      int buckets,
      boolean byKey) {
    this.rule = rule;
    this.common = common;
    this.buckets = buckets;
    this.byKey = byKey;
  }

  /** Returns the stage for a rule, without common prompts and with one bucket. */
  public static DropDuplicates by(DuplicateRule rule) {
    return new DropDuplicates(rule, null, 1, false);
  }

  /** Marks the records of these prompts as common: they join nothing. */
  public DropDuplicates withCommonPrompts(PCollectionView<CommonPrompts> prompts) {
    return new DropDuplicates(rule, prompts, buckets, byKey);
  }

  /**
   * Compares records in this many buckets.
   *
   * @param count at least 1; the output does not depend on it
   */
  public DropDuplicates inBuckets(int count) {
    return new DropDuplicates(rule, common, count, byKey);
  }

  /**
   * Joins near texts with their neighbourhoods by key instead of by a side input, which grows with
   * them. The output is the same.
   */
  public DropDuplicates joiningByKey(boolean joined) {
    return new DropDuplicates(rule, common, buckets, joined);
  }

  @Override
  public DistinctRecords expand(ComparedRecords input) {
    ComparedRecords exact = dropExact(input);
    if (rule.near()) {
      return exact.apply(
          "DropNear", new DropNear(new Similarity(rule.similarity()), common, buckets, byKey));
    }
    return new DistinctRecords(
        exact,
        input.getPipeline().apply("FindNoTemplates", Create.empty(TypeDescriptors.strings())),
        input.getPipeline().apply("RefuseNothing", Create.empty(TypeDescriptor.of(Refusal.class))));
  }

  private ComparedRecords dropExact(ComparedRecords input) {
    PCollectionTuple ids =
        input
            .identities()
            .apply("PackById", PackInBuckets.of(ID_ENTRIES, byId(buckets)))
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
    return new ComparedRecords(
        contents.get(IDENTITIES),
        Gather.flatten("CollectJoins", input.joins(), ids.get(JOINS), contents.get(JOINS)),
        input.shingles());
  }

  private static void output(Resolved resolved, MultiOutputReceiver out) {
    resolved.identities().forEach(out.get(IDENTITIES)::output);
    resolved.joins().forEach(out.get(JOINS)::output);
  }

  /** Puts a record into the bucket of its id, and its parent's id into the bucket of that id. */
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
