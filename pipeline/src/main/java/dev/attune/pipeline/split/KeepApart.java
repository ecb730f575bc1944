package dev.attune.pipeline.split;

import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.nearness.LeftOutByContent;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.nearness.Similarity;
import dev.attune.pipeline.stage.CachedSideInput;
import dev.attune.pipeline.stage.CollectionRecord;
import dev.attune.pipeline.stage.Gather;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Compares validation with training exactly, by the same measure by which units are joined, and
 * adds to the plan the near pairs that the bands of {@code DropDuplicates} did not find. Of a near
 * pair the training example is rejected, unless it is carried over. At most 5,000 validation texts
 * are in memory; all other texts are streamed past them.
 */
final class KeepApart extends PTransform<KeepApart.PlacedTexts, KeepApart.AdjustedPlan> {
  private final PCollectionView<SplitPlan> plan;
  private final Similarity similarity;

  /** All placements, and the shingles of all texts that are kept. */
  record PlacedTexts(PCollection<Placement> placements, PCollection<Shingled> shingles)
      implements CollectionRecord<PlacedTexts> {}

  /**
   * The plan, and the template shingles that are ignored when validation texts are compared; one
   * element each.
   */
  record AdjustedPlan(PCollection<SplitPlan> plan, PCollection<LeftOutByContent> leftOut)
      implements CollectionRecord<AdjustedPlan> {}

  KeepApart(PCollectionView<SplitPlan> plan, Similarity similarity) {
    this.plan = plan;
    this.similarity = similarity;
  }

  @Override
  public AdjustedPlan expand(PlacedTexts input) {
    PCollection<Held> taken =
        input.placements().apply("TakeHeld", ParDo.of(new TakeHeldFn(plan)).withSideInputs(plan));
    PCollectionView<HeldExamples> held =
        Gather.inOneGroup("Held", taken, Held.NONE)
            .apply(
                "IndexHeld",
                MapElements.into(TypeDescriptor.of(HeldExamples.class))
                    .via(group -> HeldExamples.of(group.getValue())))
            .setCoder(RecordCoder.of(HeldExamples.class))
            .apply("ViewHeld", View.asSingleton());
    PCollection<HeldTexts> texts =
        Gather.inOneGroup(
                "Texts",
                input
                    .shingles()
                    .apply("TakeTexts", ParDo.of(new TakeTextsFn(held)).withSideInputs(held)),
                HeldText.NONE)
            .apply(
                "IndexTexts",
                MapElements.into(TypeDescriptor.of(HeldTexts.class))
                    .via(group -> HeldTexts.of(group.getValue())));
    PCollectionView<HeldTexts> view = texts.apply("ViewTexts", View.asSingleton());
    PCollection<NearHeld> near =
        input
            .shingles()
            .apply("FindNear", ParDo.of(new FindNearFn(view, similarity)).withSideInputs(view));
    return new AdjustedPlan(
        Gather.inOneGroup("Near", near, NearHeld.NONE)
            .apply("TellPlan", ParDo.of(new TellPlanFn(plan)).withSideInputs(plan))
            .setCoder(RecordCoder.of(SplitPlan.class)),
        texts.apply(
            "TakeLeftOut",
            MapElements.into(TypeDescriptor.of(LeftOutByContent.class)).via(HeldTexts::leftOut)));
  }

  private static final class TakeHeldFn extends DoFn<Placement, Held> {
    private final CachedSideInput<SplitPlan> plan;

    TakeHeldFn(PCollectionView<SplitPlan> plan) {
      this.plan = new CachedSideInput<>(plan);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Placement placement = context.element();
      if (placement.isHeld(plan.get(context))) {
        context.output(placement.held());
      }
    }
  }

  private static final class TakeTextsFn extends DoFn<Shingled, HeldText> {
    private final CachedSideInput<HeldExamples> held;

    TakeTextsFn(PCollectionView<HeldExamples> held) {
      this.held = new CachedSideInput<>(held);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Shingled text = context.element();
      Held found = held.get(context).find(text.content());
      if (found != null) {
        context.output(HeldText.of(found, text));
      }
    }
  }

  private static final class FindNearFn extends DoFn<Shingled, NearHeld> {
    private final CachedSideInput<HeldTexts> texts;
    private final Similarity similarity;
    private transient HeldTexts.@Nullable Search search;

    FindNearFn(PCollectionView<HeldTexts> texts, Similarity similarity) {
      this.texts = new CachedSideInput<>(texts);
      this.similarity = similarity;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      HeldTexts.Search open = search == null ? texts.get(context).search(similarity) : search;
      search = open;
      open.find(context.element(), context::output);
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
