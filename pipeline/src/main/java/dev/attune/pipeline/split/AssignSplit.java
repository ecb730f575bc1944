package dev.attune.pipeline.split;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.split.SplitPlan.Capacity;
import dev.attune.pipeline.stage.AskRoots;
import dev.attune.pipeline.stage.CachedSideInput;
import dev.attune.pipeline.stage.ComparedRecords;
import dev.attune.pipeline.stage.FindComponents;
import dev.attune.pipeline.stage.Gather;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every record whether it is written to training, to validation, or rejected.
 *
 * <p>Input: the output of {@code DropDuplicates}, with all joins; nothing is joined later. Output:
 * {@link SplitDecisions}, with one decision for each identity of the input. Records that are
 * already duplicates keep their reasons. The stage itself rejects records as {@code SPLIT_CONFLICT}
 * (a new record of a unit that has examples in both splits of the previous dataset), {@code
 * OVER_CAPACITY} (no room in its split) and {@code NEAR_DUPLICATE} (see {@link #keepingApart}).
 *
 * <p>Deterministic: the split depends on the records, the rule and its seed, not on the order of
 * the input or the number of buckets. Memory: the identities of one bucket, at least the largest
 * unit; the joined nodes in one worker ({@link Components#MAXIMUM_NODES}); and a plan that grows
 * only by the records that are near an example in validation.
 */
public final class AssignSplit extends PTransform<ComparedRecords, SplitDecisions> {
  private static final Refusal TOO_MANY =
      new Refusal("sources", Messages.of("pipeline.split.too-many", Components.MAXIMUM_NODES));

  private static final TupleTag<KV<Integer, Identity>> KEYED = new TupleTag<>() {};
  private static final TupleTag<String> NOTES = new TupleTag<>() {};
  private static final TupleTag<String> UNDIVIDED = new TupleTag<>() {};
  private static final TupleTag<String> TOGETHER = new TupleTag<>() {};
  private static final TupleTag<SplitPlan> PLANS = new TupleTag<>() {};
  private static final TupleTag<Placement> PLACEMENTS = new TupleTag<>() {};
  private static final TupleTag<Unit> UNITS = new TupleTag<>() {};
  private static final TupleTag<UnitSummary> SUMMARIES = new TupleTag<>() {};

  private final SplitRule rule;
  private final Capacity capacity;
  private final @Nullable Similarity apart;
  private final int buckets;
  private final boolean byKey;

  private AssignSplit(
      SplitRule rule, Capacity capacity, @Nullable Similarity apart, int buckets, boolean byKey) {
    this.rule = rule;
    this.capacity = capacity;
    this.apart = apart;
    this.buckets = buckets;
    this.byKey = byKey;
  }

  /** Splits by a rule, with no limit for training, in one bucket. */
  public static AssignSplit by(SplitRule rule) {
    return new AssignSplit(rule, new Capacity(Long.MAX_VALUE, Long.MAX_VALUE), null, 1, false);
  }

  /** Limits training to this many examples and bytes. */
  public AssignSplit withCapacity(long examples, long bytes) {
    return new AssignSplit(rule, new Capacity(examples, bytes), apart, buckets, byKey);
  }

  /**
   * Compares validation with training exactly, and rejects near training examples. Does nothing if
   * near duplicates are off in the rule. The input must have the shingles.
   */
  public AssignSplit keepingApart(DuplicateRule duplicates) {
    Similarity similarity = duplicates.near() ? new Similarity(duplicates.similarity()) : null;
    return new AssignSplit(rule, capacity, similarity, buckets, byKey);
  }

  /**
   * Assembles units in this many buckets.
   *
   * @param count at least 1; the output does not depend on it
   */
  public AssignSplit inBuckets(int count) {
    return new AssignSplit(rule, capacity, apart, count, byKey);
  }

  /**
   * Joins records with their units by key instead of by a side input, which grows with them. The
   * output is the same.
   */
  public AssignSplit joiningByKey(boolean joined) {
    return new AssignSplit(rule, capacity, apart, buckets, joined);
  }

  @Override
  public SplitDecisions expand(ComparedRecords input) {
    FindComponents.FoundComponents joined =
        input
            .joins()
            .apply("FindUnits", FindComponents.orRefuse(TOO_MANY).inBuckets(byKey ? buckets : 0));
    PCollectionTuple units =
        input
            .identities()
            .apply(
                "KeyByUnit",
                new AskRoots<>(joined, keyByUnit(buckets), KEYED, TupleTagList.empty()))
            .get(KEYED)
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(Identity.class)))
            .apply("PackByUnit", PackInBuckets.of(RecordCoder.of(Identity.class)))
            .apply("GroupByUnit", GroupByKey.create())
            .apply(
                "AssembleUnits",
                ParDo.of(new AssembleUnitsFn(rule))
                    .withOutputTags(PLACEMENTS, TupleTagList.of(UNITS).and(SUMMARIES)));
    PCollection<Placement> placements =
        units.get(PLACEMENTS).setCoder(RecordCoder.of(Placement.class));
    PCollectionTuple chosen = choose(units.get(SUMMARIES), joined);
    PCollectionView<SplitPlan> plan = cut(chosen.get(PLANS), units.get(UNITS));
    PCollection<LeftOutByContent> leftOut;
    if (apart == null) {
      leftOut =
          input
              .getPipeline()
              .apply("NoLeftOut", Create.empty(TypeDescriptor.of(LeftOutByContent.class)));
    } else {
      RemoveNearPairs.AdjustedPlan kept =
          new RemoveNearPairs.PlacedTexts(placements, input.shingles())
              .apply("RemoveNearPairs", new RemoveNearPairs(plan, apart));
      plan = kept.plan().apply("ViewPlanWithout", View.asSingleton());
      leftOut = kept.leftOut();
    }
    return new SplitDecisions(
        placements.apply("Decide", ParDo.of(new DecideFn(plan)).withSideInputs(plan)),
        joined.refusals(),
        chosen.get(UNDIVIDED),
        chosen.get(NOTES),
        chosen.get(TOGETHER),
        leftOut);
  }

  private PCollectionTuple choose(
      PCollection<UnitSummary> summaries, FindComponents.FoundComponents joined) {
    double share = rule.validation();
    PCollection<UnitSummary> all =
        Gather.sum(
            "Summaries", summaries, new UnitSummary(share), parts -> UnitSummary.sum(share, parts));
    PCollectionView<Roots> roots = joined.of(all, AssignSplit::largestRoot);
    return all.apply(
        "ChooseValidation",
        ParDo.of(new ChooseValidationFn(share, capacity, roots))
            .withSideInputs(roots)
            .withOutputTags(PLANS, TupleTagList.of(NOTES).and(TOGETHER).and(UNDIVIDED)));
  }

  /** Returns the root of the largest unit; any node if there are no units. */
  private static long largestRoot(UnitSummary units) {
    LargestUnit largest = units.largest();
    return largest == null ? 0 : largest.root();
  }

  /** Cuts the plan to the capacity. Reads the few units near the cut a second time. */
  private static PCollectionView<SplitPlan> cut(
      PCollection<SplitPlan> plans, PCollection<Unit> units) {
    PCollection<SplitPlan> chosen = plans.setCoder(RecordCoder.of(SplitPlan.class));
    PCollectionView<SplitPlan> chosenView = chosen.apply("ViewChosen", View.asSingleton());
    PCollection<Unit> atCut =
        units.apply(
            "FindUnitsAtCut",
            ParDo.of(new FindUnitsAtCutFn(chosenView)).withSideInputs(chosenView));
    return Gather.inOneGroup("UnitsAtCut", atCut, Unit.NONE)
        .apply(
            "CutToCapacity", ParDo.of(new CutToCapacityFn(chosenView)).withSideInputs(chosenView))
        .setCoder(RecordCoder.of(SplitPlan.class))
        .apply("ViewPlan", View.asSingleton());
  }

  private static AskRoots.Question<Identity> keyByUnit(int buckets) {
    return new AskRoots.Question<>(
        RecordCoder.of(Identity.class),
        Identity::node,
        (identity, roots, context, out) -> {
          WorkDone.add(Kind.RECORDS_IN_UNITS, 1);
          long root = roots.root(identity.node());
          out.get(KEYED).output(KV.of(new Key128(0, root).bucket(buckets), identity.inUnit(root)));
        },
        List.of());
  }

  private static final class AssembleUnitsFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, Placement> {
    private final SplitRule rule;

    AssembleUnitsFn(SplitRule rule) {
      this.rule = rule;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> bucket, MultiOutputReceiver out) {
      UnitAssembly assembly = new UnitAssembly(rule.seed());
      Packs.values(bucket.getValue(), RecordCoder.of(Identity.class)).forEach(assembly::add);
      UnitSummary summary = new UnitSummary(rule.validation());
      assembly.assemble(summary, out.get(UNITS)::output, out.get(PLACEMENTS)::output);
      out.get(SUMMARIES).output(summary);
    }
  }

  private static final class ChooseValidationFn extends DoFn<UnitSummary, SplitPlan> {
    private final double share;
    private final Capacity capacity;
    private final PCollectionView<Roots> roots;

    ChooseValidationFn(double share, Capacity capacity, PCollectionView<Roots> roots) {
      this.share = share;
      this.capacity = capacity;
      this.roots = roots;
    }

    @ProcessElement
    public void processElement(ProcessContext context, MultiOutputReceiver out) {
      UnitSummary all = context.element();
      SplitPlan plan = SplitPlan.choose(all, share, capacity.examples(), capacity.bytes());
      SplitRemarks remarks =
          SplitRemarks.of(all, plan, share, root -> context.sideInput(roots).causes(root));
      remarks.notes().forEach(out.get(NOTES)::output);
      remarks.together().forEach(out.get(TOGETHER)::output);
      remarks.undivided().forEach(out.get(UNDIVIDED)::output);
      out.get(PLANS).output(plan);
    }
  }

  private static final class FindUnitsAtCutFn extends DoFn<Unit, Unit> {
    private final CachedSideInput<SplitPlan> chosen;

    FindUnitsAtCutFn(PCollectionView<SplitPlan> chosen) {
      this.chosen = new CachedSideInput<>(chosen);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      if (chosen.get(context).needsForCut(context.element())) {
        context.output(context.element());
      }
    }
  }

  private static final class CutToCapacityFn extends DoFn<KV<Integer, Iterable<Unit>>, SplitPlan> {
    private final PCollectionView<SplitPlan> chosen;

    CutToCapacityFn(PCollectionView<SplitPlan> chosen) {
      this.chosen = chosen;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      List<Unit> units = new ArrayList<>();
      context.element().getValue().forEach(units::add);
      units.removeIf(Unit.NONE::equals);
      context.output(context.sideInput(chosen).cut(units));
    }
  }

  private static final class DecideFn extends DoFn<Placement, Decision> {
    private final CachedSideInput<SplitPlan> plan;

    DecideFn(PCollectionView<SplitPlan> plan) {
      this.plan = new CachedSideInput<>(plan);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      context.output(context.element().decide(plan.get(context)));
    }
  }
}
