package dev.attune.pipeline.split;

import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.coder.Either;
import dev.attune.pipeline.coder.EitherCoder;
import dev.attune.pipeline.coder.PackInBuckets;
import dev.attune.pipeline.coder.Packs;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.graph.Components;
import dev.attune.pipeline.graph.Roots;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.rejection.Refusal;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
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
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Decides for every record whether it is written to training, to validation, or rejected. One
 * decision out for each identity in, in no order. Memory: the identities of one bucket (a unit is
 * never divided, so at least the largest unit), the joined nodes in one worker ({@link
 * Components#MAXIMUM_NODES}), and a plan that does not grow with the records but by those that are
 * near an example of validation after all.
 */
public final class AssignSplit extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** What becomes of each record. */
  public static final TupleTag<Decision> DECISIONS = new TupleTag<>() {};

  /** Why the whole run is refused: too many joins. */
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  /** What a person should know of the split. */
  public static final TupleTag<String> NOTES = new TupleTag<>() {};

  /** Why there is no dataset: one unit that leaves nothing to validate on; most often empty. */
  public static final TupleTag<String> UNDIVIDED = new TupleTag<>() {};

  /** What stays together, for the report. */
  public static final TupleTag<String> TOGETHER = new TupleTag<>() {};

  /** What is left out where texts of validation are compared; may be empty. */
  public static final TupleTag<LeftOutByContent> LEFT_OUT = new TupleTag<>() {};

  private static final TupleTag<SplitPlan> PLANS = new TupleTag<>() {};
  private static final TupleTag<Placement> PLACEMENTS = new TupleTag<>() {};
  private static final TupleTag<Unit> UNITS = new TupleTag<>() {};
  private static final TupleTag<UnitSummary> SUMMARIES = new TupleTag<>() {};
  private static final TupleTag<Roots> ROOTS = new TupleTag<>() {};

  private final TupleTag<Identity> identities;
  private final TupleTag<Join> joins;
  private final SplitRule rule;
  private final Capacity capacity;
  private final @Nullable Apart apart;
  private final int buckets;

  /** What training takes. */
  private record Capacity(long examples, long bytes) implements Serializable {}

  /** From which similarity on training and validation are kept apart, and by what. */
  private record Apart(TupleTag<Shingled> shingles, Similarity similarity)
      implements Serializable {}

  private AssignSplit(
      TupleTag<Identity> identities,
      TupleTag<Join> joins,
      SplitRule rule,
      Capacity capacity,
      @Nullable Apart apart,
      int buckets) {
    this.identities = identities;
    this.joins = joins;
    this.rule = rule;
    this.capacity = capacity;
    this.apart = apart;
    this.buckets = buckets;
  }

  /** Of the identities and joins under these tags, by this rule, without a bound, in one bucket. */
  public static AssignSplit of(
      TupleTag<Identity> identities, TupleTag<Join> joins, SplitRule rule) {
    Capacity unbounded = new Capacity(Long.MAX_VALUE, Long.MAX_VALUE);
    return new AssignSplit(identities, joins, rule, unbounded, null, 1);
  }

  /** With training cut to so many examples and bytes. */
  public AssignSplit withCapacity(long examples, long bytes) {
    Capacity bounded = new Capacity(examples, bytes);
    return new AssignSplit(identities, joins, rule, bounded, apart, buckets);
  }

  /** Where the rule looks for near duplicates: without what is near validation in training. */
  public AssignSplit keepingApart(TupleTag<Shingled> shingles, DuplicateRule duplicates) {
    Apart asked =
        duplicates.near() ? new Apart(shingles, new Similarity(duplicates.similarity())) : null;
    return new AssignSplit(identities, joins, rule, capacity, asked, buckets);
  }

  /** In so many buckets; no byte of output depends on it. */
  public AssignSplit inBuckets(int count) {
    return new AssignSplit(identities, joins, rule, capacity, apart, count);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    // Nothing is grouped or viewed that may be empty, but always with one neutral element: on the
    // DirectRunner a step whose side input stays empty may never be woken (seen with Beam 2.70.0).
    PCollectionTuple joined =
        PCollectionList.of(input.get(joins))
            .and(
                input
                    .getPipeline()
                    .apply(
                        "JoinNothing", Create.of(Join.NONE).withCoder(RecordCoder.of(Join.class))))
            .apply("CollectJoins", Flatten.pCollections())
            .apply("KeyJoins", WithKeys.of(0))
            .setCoder(KvCoder.of(VarIntCoder.of(), RecordCoder.of(Join.class)))
            .apply("PackJoins", PackInBuckets.of(RecordCoder.of(Join.class)))
            .apply("GroupJoins", GroupByKey.create())
            .apply(
                "FindRoots",
                ParDo.of(new FindRootsFn()).withOutputTags(ROOTS, TupleTagList.of(REFUSALS)));
    PCollectionView<Roots> roots =
        joined
            .get(ROOTS)
            .setCoder(SerializableCoder.of(Roots.class))
            .apply("ViewRoots", View.asSingleton());
    PCollectionTuple units =
        input
            .get(identities)
            .apply("KeyByUnit", ParDo.of(new KeyByUnitFn(roots, buckets)).withSideInputs(roots))
            .apply("PackByUnit", PackInBuckets.of(RecordCoder.of(Identity.class)))
            .apply("GroupByUnit", GroupByKey.create())
            .apply(
                "AssembleUnits",
                ParDo.of(new AssembleUnitsFn(rule))
                    .withOutputTags(PLACEMENTS, TupleTagList.of(UNITS).and(SUMMARIES)));
    PCollection<Placement> placements =
        units.get(PLACEMENTS).setCoder(RecordCoder.of(Placement.class));
    PCollectionTuple chosen = choose(units.get(SUMMARIES), roots);
    PCollectionView<SplitPlan> plan = plan(chosen.get(PLANS), units.get(UNITS));
    PCollection<LeftOutByContent> leftOut;
    if (apart == null) {
      leftOut =
          input
              .getPipeline()
              .apply("LeaveNothingOut", Create.empty(SerializableCoder.of(LeftOutByContent.class)));
    } else {
      PCollectionTuple kept =
          PCollectionTuple.of(KeepApart.PLACEMENTS, placements)
              .and(KeepApart.SHINGLES, input.get(apart.shingles))
              .apply("KeepApart", new KeepApart(plan, apart.similarity));
      plan = kept.get(KeepApart.PLANS).apply("ViewPlanWithout", View.asSingleton());
      leftOut = kept.get(KeepApart.LEFT_OUT);
    }
    PCollection<Decision> decisions =
        placements.apply("Decide", ParDo.of(new DecideFn(plan)).withSideInputs(plan));
    return PCollectionTuple.of(DECISIONS, decisions)
        .and(REFUSALS, joined.get(REFUSALS))
        .and(UNDIVIDED, chosen.get(UNDIVIDED))
        .and(NOTES, chosen.get(NOTES))
        .and(LEFT_OUT, leftOut)
        .and(TOGETHER, chosen.get(TOGETHER));
  }

  /**
   * From summaries of buckets to one plan; a second look at the few units in the range of a cut.
   */
  private static PCollectionView<SplitPlan> plan(
      PCollection<SplitPlan> plans, PCollection<Unit> units) {
    Coder<SplitPlan> planCoder = SerializableCoder.of(SplitPlan.class);
    Coder<Unit> unitCoder = SerializableCoder.of(Unit.class);
    PCollection<SplitPlan> chosen = plans.setCoder(planCoder);
    PCollectionView<SplitPlan> chosenView = chosen.apply("ViewChosen", View.asSingleton());
    Coder<Either<SplitPlan, Unit>> planOrUnit = EitherCoder.of(planCoder, unitCoder);
    PCollection<Either<SplitPlan, Unit>> atCut =
        units
            .setCoder(unitCoder)
            .apply(
                "FindUnitsAtCut",
                ParDo.of(new FindUnitsAtCutFn(chosenView)).withSideInputs(chosenView))
            .setCoder(planOrUnit);
    return PCollectionList.of(atCut)
        .and(chosen.apply("TakePlan", ParDo.of(new TakePlanFn())).setCoder(planOrUnit))
        .apply("CollectUnitsAtCut", Flatten.pCollections())
        .apply("KeyUnitsAtCut", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), planOrUnit))
        .apply("GroupUnitsAtCut", GroupByKey.create())
        .apply("CutToCapacity", ParDo.of(new CutToCapacityFn()))
        .setCoder(planCoder)
        .apply("ViewPlan", View.asSingleton());
  }

  private PCollectionTuple choose(
      PCollection<UnitSummary> summaries, PCollectionView<Roots> roots) {
    Coder<UnitSummary> coder = SerializableCoder.of(UnitSummary.class);
    UnitSummary none = new UnitSummary(rule.validation());
    return PCollectionList.of(summaries.setCoder(coder))
        .and(summaries.getPipeline().apply("SummarizeNothing", Create.of(none).withCoder(coder)))
        .apply("CollectSummaries", Flatten.pCollections())
        .apply("KeySummaries", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("GroupSummaries", GroupByKey.create())
        .apply(
            "ChooseValidation",
            ParDo.of(new ChooseValidationFn(rule.validation(), capacity, roots))
                .withSideInputs(roots)
                .withOutputTags(PLANS, TupleTagList.of(NOTES).and(TOGETHER).and(UNDIVIDED)));
  }

  private static final class FindRootsFn extends DoFn<KV<Integer, Iterable<byte[]>>, Roots> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<byte[]>> joins, MultiOutputReceiver out) {
      Components components = new Components();
      for (Join join : Packs.values(joins.getValue(), RecordCoder.of(Join.class))) {
        components.join(join);
        if (components.full()) {
          out.get(REFUSALS)
              .output(
                  new Refusal(
                      "sources",
                      "more than "
                          + Components.MAXIMUM_NODES
                          + " groups and parents are joined with one another; prepare fewer records"
                          + " at once"));
          out.get(ROOTS).output(Roots.NONE);
          return;
        }
      }
      out.get(ROOTS).output(components.roots());
    }
  }

  private static final class KeyByUnitFn extends DoFn<Identity, KV<Integer, Identity>> {
    private final PCollectionView<Roots> roots;
    private final int buckets;
    // Asked for once a bundle: on Flink it costs more than what is done with it.
    private transient @Nullable Roots known;

    KeyByUnitFn(PCollectionView<Roots> roots, int buckets) {
      this.roots = roots;
      this.buckets = buckets;
    }

    @StartBundle
    public void startBundle() {
      known = null;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Roots all = known == null ? context.sideInput(roots) : known;
      known = all;
      Identity identity = context.element();
      WorkDone.add(Kind.RECORDS_IN_UNITS, 1);
      long root = all.root(identity.node());
      context.output(KV.of(new Key128(0, root).bucket(buckets), identity.inUnit(root)));
    }
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

  private static final class ChooseValidationFn
      extends DoFn<KV<Integer, Iterable<UnitSummary>>, SplitPlan> {
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
      UnitSummary all = new UnitSummary(share);
      context.element().getValue().forEach(all::add);
      SplitPlan plan = SplitPlan.choose(all, share, capacity.examples, capacity.bytes);
      SplitRemarks remarks =
          SplitRemarks.of(all, plan, share, root -> context.sideInput(roots).causes(root));
      remarks.notes().forEach(out.get(NOTES)::output);
      remarks.together().forEach(out.get(TOGETHER)::output);
      remarks.undivided().forEach(out.get(UNDIVIDED)::output);
      out.get(PLANS).output(plan);
    }
  }

  private static final class FindUnitsAtCutFn extends DoFn<Unit, Either<SplitPlan, Unit>> {
    private final PCollectionView<SplitPlan> chosen;

    FindUnitsAtCutFn(PCollectionView<SplitPlan> chosen) {
      this.chosen = chosen;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      if (context.sideInput(chosen).needsForCut(context.element())) {
        context.output(Either.right(context.element()));
      }
    }
  }

  private static final class TakePlanFn extends DoFn<SplitPlan, Either<SplitPlan, Unit>> {
    @ProcessElement
    public void processElement(
        @Element SplitPlan plan, OutputReceiver<Either<SplitPlan, Unit>> out) {
      out.output(Either.left(plan));
    }
  }

  private static final class CutToCapacityFn
      extends DoFn<KV<Integer, Iterable<Either<SplitPlan, Unit>>>, SplitPlan> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<Either<SplitPlan, Unit>>> planAndUnits,
        OutputReceiver<SplitPlan> out) {
      List<SplitPlan> plans = new ArrayList<>();
      List<Unit> units = new ArrayList<>();
      for (Either<SplitPlan, Unit> either : planAndUnits.getValue()) {
        SplitPlan plan = either.left();
        Unit unit = either.right();
        if (plan != null) {
          plans.add(plan);
        } else if (unit != null) {
          units.add(unit);
        }
      }
      out.output(plans.get(0).cut(units));
    }
  }

  private static final class DecideFn extends DoFn<Placement, Decision> {
    private final PCollectionView<SplitPlan> plan;
    // As above.
    private transient @Nullable SplitPlan known;

    DecideFn(PCollectionView<SplitPlan> plan) {
      this.plan = plan;
    }

    @StartBundle
    public void startBundle() {
      known = null;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      SplitPlan made = known == null ? context.sideInput(plan) : known;
      known = made;
      context.output(context.element().decide(made));
    }
  }
}
