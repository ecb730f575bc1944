package dev.attune.pipeline.split;

import dev.attune.config.CurationRules.SplitRule;
import dev.attune.pipeline.example.Decision;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.Join;
import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectionReason;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
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
 * Components#MAXIMUM_NODES}), and a plan that does not grow with the records.
 */
public final class AssignSplit extends PTransform<PCollectionTuple, PCollectionTuple> {
  /** What becomes of each record. */
  public static final TupleTag<Decision> DECISIONS = new TupleTag<>() {};

  /** Why the whole run is refused: too many joins. */
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  private static final TupleTag<Placement> PLACEMENTS = new TupleTag<>() {};
  private static final TupleTag<Unit> UNITS = new TupleTag<>() {};
  private static final TupleTag<UnitSummary> SUMMARIES = new TupleTag<>() {};
  private static final TupleTag<Roots> ROOTS = new TupleTag<>() {};

  private final TupleTag<Identity> identities;
  private final TupleTag<Join> joins;
  private final SplitRule rule;
  private final long maximumExamples;
  private final long maximumBytes;
  private final int buckets;

  private AssignSplit(
      TupleTag<Identity> identities,
      TupleTag<Join> joins,
      SplitRule rule,
      long maximumExamples,
      long maximumBytes,
      int buckets) {
    this.identities = identities;
    this.joins = joins;
    this.rule = rule;
    this.maximumExamples = maximumExamples;
    this.maximumBytes = maximumBytes;
    this.buckets = buckets;
  }

  /** Of the identities and joins under these tags, by this rule, without a bound, in one bucket. */
  public static AssignSplit of(
      TupleTag<Identity> identities, TupleTag<Join> joins, SplitRule rule) {
    return new AssignSplit(identities, joins, rule, Long.MAX_VALUE, Long.MAX_VALUE, 1);
  }

  /** With training cut to so many examples and bytes. */
  public AssignSplit withCapacity(long examples, long bytes) {
    return new AssignSplit(identities, joins, rule, examples, bytes, buckets);
  }

  /** In so many buckets; no byte of output depends on it. */
  public AssignSplit inBuckets(int count) {
    return new AssignSplit(identities, joins, rule, maximumExamples, maximumBytes, count);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollectionTuple joined =
        withNeutral("Join", input.get(joins), new Join(0, 0))
            .apply("KeyJoins", WithKeys.of(0))
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
            .apply("GroupByUnit", GroupByKey.create())
            .apply(
                "AssembleUnits",
                ParDo.of(new AssembleUnitsFn(rule))
                    .withOutputTags(PLACEMENTS, TupleTagList.of(UNITS).and(SUMMARIES)));
    PCollectionView<SplitPlan> plan = plan(units);
    PCollection<Decision> decisions =
        units
            .get(PLACEMENTS)
            .setCoder(new PlacementCoder())
            .apply("Decide", ParDo.of(new DecideFn(plan)).withSideInputs(plan));
    return PCollectionTuple.of(DECISIONS, decisions).and(REFUSALS, joined.get(REFUSALS));
  }

  /**
   * From summaries of buckets to one plan; a second look at the few units in the range of a cut.
   */
  private PCollectionView<SplitPlan> plan(PCollectionTuple units) {
    Pipeline pipeline = units.getPipeline();
    PCollectionView<Iterable<UnitSummary>> summaries =
        withNeutral(
                "Summary",
                units.get(SUMMARIES).setCoder(SerializableCoder.of(UnitSummary.class)),
                new UnitSummary(rule.validation()))
            .apply("ViewSummaries", View.asIterable());
    PlanFn planner = new PlanFn(summaries, rule.validation(), maximumExamples, maximumBytes);
    PCollectionView<SplitPlan> chosen =
        pipeline
            .apply("ChooseOnce", Create.of(0))
            .apply("ChooseValidation", ParDo.of(planner).withSideInputs(summaries))
            .setCoder(SerializableCoder.of(SplitPlan.class))
            .apply("ViewChosen", View.asSingleton());
    PCollection<Unit> unitsAtCut =
        units
            .get(UNITS)
            .setCoder(SerializableCoder.of(Unit.class))
            .apply("FindUnitsAtCut", ParDo.of(new FindUnitsAtCutFn(chosen)).withSideInputs(chosen))
            .setCoder(SerializableCoder.of(Unit.class));
    PCollectionView<Iterable<Unit>> atCut =
        withNeutral("Unit", unitsAtCut, Unit.EMPTY).apply("ViewUnitsAtCut", View.asIterable());
    return pipeline
        .apply("PlanOnce", Create.of(0))
        .apply("CutToCapacity", ParDo.of(planner.withCut(atCut)).withSideInputs(summaries, atCut))
        .setCoder(SerializableCoder.of(SplitPlan.class))
        .apply("ViewPlan", View.asSingleton());
  }

  /**
   * These and one more, which changes nothing, because what becomes a side input must not be empty:
   * the DirectRunner (2.70) hears of an empty one by a callback on another thread, and where that
   * comes after it found all work done or waiting, it never looks again, and the run never ends.
   */
  private static <T> PCollection<T> withNeutral(String what, PCollection<T> values, T neutral) {
    PCollection<T> one =
        values
            .getPipeline()
            .apply("Neutral" + what, Create.of(neutral).withCoder(values.getCoder()));
    return PCollectionList.of(values).and(one).apply("WithNeutral" + what, Flatten.pCollections());
  }

  private static final class FindRootsFn extends DoFn<KV<Integer, Iterable<Join>>, Roots> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<Join>> joins, MultiOutputReceiver out) {
      Components components = new Components();
      for (Join join : joins.getValue()) {
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

    KeyByUnitFn(PCollectionView<Roots> roots, int buckets) {
      this.roots = roots;
      this.buckets = buckets;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Identity identity = context.element();
      long root = context.sideInput(roots).root(identity.node());
      context.output(KV.of(new Key128(0, root).bucket(buckets), identity.inUnit(root)));
    }
  }

  private static final class AssembleUnitsFn
      extends DoFn<KV<Integer, Iterable<Identity>>, Placement> {
    private final SplitRule rule;

    AssembleUnitsFn(SplitRule rule) {
      this.rule = rule;
    }

    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<Identity>> bucket, MultiOutputReceiver out) {
      UnitAssembly assembly = new UnitAssembly(rule.seed());
      bucket.getValue().forEach(assembly::add);
      UnitSummary summary = new UnitSummary(rule.validation());
      assembly.assemble(summary, out.get(UNITS)::output, out.get(PLACEMENTS)::output);
      out.get(SUMMARIES).output(summary);
    }
  }

  private static final class PlanFn extends DoFn<Integer, SplitPlan> {
    private final PCollectionView<Iterable<UnitSummary>> summaries;
    private final @Nullable PCollectionView<Iterable<Unit>> unitsAtCut;
    private final double share;
    private final long maximumExamples;
    private final long maximumBytes;

    PlanFn(
        PCollectionView<Iterable<UnitSummary>> summaries,
        double share,
        long maximumExamples,
        long maximumBytes) {
      this(summaries, null, share, maximumExamples, maximumBytes);
    }

    private PlanFn(
        PCollectionView<Iterable<UnitSummary>> summaries,
        @Nullable PCollectionView<Iterable<Unit>> unitsAtCut,
        double share,
        long maximumExamples,
        long maximumBytes) {
      this.summaries = summaries;
      this.unitsAtCut = unitsAtCut;
      this.share = share;
      this.maximumExamples = maximumExamples;
      this.maximumBytes = maximumBytes;
    }

    PlanFn withCut(PCollectionView<Iterable<Unit>> units) {
      return new PlanFn(summaries, units, share, maximumExamples, maximumBytes);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      UnitSummary all = new UnitSummary(share);
      context.sideInput(summaries).forEach(all::add);
      SplitPlan plan = SplitPlan.choose(all, share, maximumExamples, maximumBytes);
      if (unitsAtCut != null) {
        plan.cut(context.sideInput(unitsAtCut));
      }
      context.output(plan);
    }
  }

  private static final class FindUnitsAtCutFn extends DoFn<Unit, Unit> {
    private final PCollectionView<SplitPlan> chosen;

    FindUnitsAtCutFn(PCollectionView<SplitPlan> chosen) {
      this.chosen = chosen;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      if (context.sideInput(chosen).needsForCut(context.element())) {
        context.output(context.element());
      }
    }
  }

  private static final class DecideFn extends DoFn<Placement, Decision> {
    private final PCollectionView<SplitPlan> plan;

    DecideFn(PCollectionView<SplitPlan> plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Placement placement = context.element();
      Split split = context.sideInput(plan).split(placement.order());
      context.output(decide(placement, split));
    }

    private static Decision decide(Placement placement, @Nullable Split split) {
      Drop drop = placement.drop();
      RejectionReason reason =
          split == null ? RejectionReason.OVER_CAPACITY : drop == null ? null : drop.reason();
      return new Decision(
          placement.fingerprint(),
          placement.record(),
          placement.cluster(),
          reason == null ? split : null,
          reason,
          drop == null ? null : drop.duplicateOf());
    }
  }
}
