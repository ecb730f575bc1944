package dev.attune.pipeline.split;

import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import java.io.Serializable;
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
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Compares validation with training exactly, in the sense in which units are joined: what the bands
 * of {@code DropDuplicates} did not find is found here, and the plan told of it. Training gives way
 * to validation, but what is carried over gives way to nothing. At most 5,000 texts of validation
 * are held; all others stream past them.
 */
final class KeepApart extends PTransform<PCollectionTuple, PCollectionTuple> {
  static final TupleTag<Placement> PLACEMENTS = new TupleTag<>() {};
  static final TupleTag<Shingled> SHINGLES = new TupleTag<>() {};

  /** Out: the plan, once. */
  static final TupleTag<SplitPlan> PLANS = new TupleTag<>() {};

  /** Out: what is left out where texts of validation are compared, once. */
  static final TupleTag<LeftOutByContent> LEFT_OUT = new TupleTag<>() {};

  private final PCollectionView<SplitPlan> plan;
  private final Similarity similarity;

  KeepApart(PCollectionView<SplitPlan> plan, Similarity similarity) {
    this.plan = plan;
    this.similarity = similarity;
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple input) {
    PCollection<Shingled> shingles = input.get(SHINGLES);
    PCollectionView<HeldExamples> held =
        grouped(
                "Held",
                input
                    .get(PLACEMENTS)
                    .apply("TakeHeld", ParDo.of(new TakeHeldFn(plan)).withSideInputs(plan)),
                Held.NONE,
                Held.class)
            .apply("CollectHeld", ParDo.of(new CollectHeldFn()))
            .setCoder(SerializableCoder.of(HeldExamples.class))
            .apply("ViewHeld", View.asSingleton());
    PCollection<HeldTexts> heldTexts =
        grouped(
                "Texts",
                shingles.apply("TakeTexts", ParDo.of(new TakeTextsFn(held)).withSideInputs(held)),
                HeldText.NONE,
                HeldText.class)
            .apply("CollectTexts", ParDo.of(new CollectTextsFn()))
            .setCoder(SerializableCoder.of(HeldTexts.class));
    PCollection<LeftOutByContent> leftOut =
        heldTexts
            .apply("TakeLeftOut", ParDo.of(new TakeLeftOutFn()))
            .setCoder(SerializableCoder.of(LeftOutByContent.class));
    PCollectionView<HeldTexts> texts = heldTexts.apply("ViewTexts", View.asSingleton());
    PCollection<SplitPlan> plans =
        grouped(
                "Near",
                shingles.apply(
                    "FindNear", ParDo.of(new FindNearFn(texts, similarity)).withSideInputs(texts)),
                NearHeld.NONE,
                NearHeld.class)
            .apply("TellPlan", ParDo.of(new TellPlanFn(plan)).withSideInputs(plan))
            .setCoder(SerializableCoder.of(SplitPlan.class));
    return PCollectionTuple.of(PLANS, plans).and(LEFT_OUT, leftOut);
  }

  /** All in one group that is never empty, as a step that is viewed must not stay without input. */
  private static <T extends Serializable> PCollection<KV<Integer, Iterable<T>>> grouped(
      String name, PCollection<KV<Integer, T>> found, T none, Class<T> type) {
    Coder<KV<Integer, T>> coder = KvCoder.of(VarIntCoder.of(), SerializableCoder.of(type));
    return PCollectionList.of(found.setCoder(coder))
        .and(
            found.getPipeline().apply("Without" + name, Create.of(KV.of(0, none)).withCoder(coder)))
        .apply("Collect" + name + "AndNone", Flatten.pCollections())
        .apply("Group" + name, GroupByKey.create());
  }

  private static final class TakeHeldFn extends DoFn<Placement, KV<Integer, Held>> {
    private final PCollectionView<SplitPlan> plan;

    TakeHeldFn(PCollectionView<SplitPlan> plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Placement placement = context.element();
      if (placement.isHeld(context.sideInput(plan))) {
        context.output(KV.of(0, placement.held()));
      }
    }
  }

  private static final class CollectHeldFn extends DoFn<KV<Integer, Iterable<Held>>, HeldExamples> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<Held>> held, OutputReceiver<HeldExamples> out) {
      HeldExamples all = new HeldExamples();
      held.getValue().forEach(all::add);
      out.output(all);
    }
  }

  private static final class TakeTextsFn extends DoFn<Shingled, KV<Integer, HeldText>> {
    private final PCollectionView<HeldExamples> held;

    TakeTextsFn(PCollectionView<HeldExamples> held) {
      this.held = held;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Shingled text = context.element();
      Held found = context.sideInput(held).find(text.content());
      if (found != null) {
        context.output(KV.of(0, HeldText.of(found, text)));
      }
    }
  }

  private static final class CollectTextsFn
      extends DoFn<KV<Integer, Iterable<HeldText>>, HeldTexts> {
    @ProcessElement
    public void processElement(
        @Element KV<Integer, Iterable<HeldText>> texts, OutputReceiver<HeldTexts> out) {
      out.output(HeldTexts.of(texts.getValue()));
    }
  }

  private static final class TakeLeftOutFn extends DoFn<HeldTexts, LeftOutByContent> {
    @ProcessElement
    public void processElement(@Element HeldTexts texts, OutputReceiver<LeftOutByContent> out) {
      out.output(texts.leftOut());
    }
  }

  private static final class FindNearFn extends DoFn<Shingled, KV<Integer, NearHeld>> {
    private final PCollectionView<HeldTexts> texts;
    private final Similarity similarity;
    private transient @Nullable HeldTexts searched;
    private transient HeldTexts.@Nullable Search search;

    FindNearFn(PCollectionView<HeldTexts> texts, Similarity similarity) {
      this.texts = texts;
      this.similarity = similarity;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      search(context.sideInput(texts))
          .find(context.element(), near -> context.output(KV.of(0, near)));
    }

    // The same object for every element: an index over it is made once.
    @SuppressWarnings("ReferenceEquality")
    private HeldTexts.Search search(HeldTexts in) {
      if (search == null || searched != in) {
        search = in.search(similarity);
        searched = in;
      }
      return search;
    }
  }

  private static final class TellPlanFn extends DoFn<KV<Integer, Iterable<NearHeld>>, SplitPlan> {
    private final PCollectionView<SplitPlan> plan;

    TellPlanFn(PCollectionView<SplitPlan> plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      context.output(context.sideInput(plan).without(context.element().getValue()));
    }
  }
}
