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
final class RemoveNearPairs
    extends PTransform<RemoveNearPairs.PlacedTexts, RemoveNearPairs.AdjustedPlan> {
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

  RemoveNearPairs(PCollectionView<SplitPlan> plan, Similarity similarity) {
    this.plan = plan;
    this.similarity = similarity;
  }

  @Override
  public AdjustedPlan expand(PlacedTexts input) {
    PCollection<ValidationExample> taken =
        input
            .placements()
            .apply("TakeValidation", ParDo.of(new TakeValidationFn(plan)).withSideInputs(plan));
    PCollectionView<ValidationExamples> validation =
        Gather.inOneGroup("Validation", taken, ValidationExample.NONE)
            .apply(
                "IndexValidation",
                MapElements.into(TypeDescriptor.of(ValidationExamples.class))
                    .via(group -> ValidationExamples.of(group.getValue())))
            .setCoder(RecordCoder.of(ValidationExamples.class))
            .apply("ViewValidation", View.asSingleton());
    PCollection<ValidationTexts> texts =
        Gather.inOneGroup(
                "Texts",
                input
                    .shingles()
                    .apply(
                        "TakeTexts",
                        ParDo.of(new TakeTextsFn(validation)).withSideInputs(validation)),
                ValidationText.NONE)
            .apply(
                "IndexTexts",
                MapElements.into(TypeDescriptor.of(ValidationTexts.class))
                    .via(group -> ValidationTexts.of(group.getValue())));
    PCollectionView<ValidationTexts> view = texts.apply("ViewTexts", View.asSingleton());
    PCollection<NearValidation> near =
        input
            .shingles()
            .apply("FindNear", ParDo.of(new FindNearFn(view, similarity)).withSideInputs(view));
    return new AdjustedPlan(
        Gather.inOneGroup("Near", near, NearValidation.NONE)
            .apply("UpdatePlan", ParDo.of(new UpdatePlanFn(plan)).withSideInputs(plan))
            .setCoder(RecordCoder.of(SplitPlan.class)),
        texts.apply(
            "TakeLeftOut",
            MapElements.into(TypeDescriptor.of(LeftOutByContent.class))
                .via(ValidationTexts::leftOut)));
  }

  private static final class TakeValidationFn extends DoFn<Placement, ValidationExample> {
    private final CachedSideInput<SplitPlan> plan;

    TakeValidationFn(PCollectionView<SplitPlan> plan) {
      this.plan = new CachedSideInput<>(plan);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Placement placement = context.element();
      if (placement.isInValidation(plan.get(context))) {
        context.output(placement.validationExample());
      }
    }
  }

  private static final class TakeTextsFn extends DoFn<Shingled, ValidationText> {
    private final CachedSideInput<ValidationExamples> validation;

    TakeTextsFn(PCollectionView<ValidationExamples> validation) {
      this.validation = new CachedSideInput<>(validation);
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      Shingled text = context.element();
      ValidationExample found = validation.get(context).find(text.content());
      if (found != null) {
        context.output(ValidationText.of(found, text));
      }
    }
  }

  private static final class FindNearFn extends DoFn<Shingled, NearValidation> {
    private final CachedSideInput<ValidationTexts> texts;
    private final Similarity similarity;
    private transient ValidationTexts.@Nullable Search search;

    FindNearFn(PCollectionView<ValidationTexts> texts, Similarity similarity) {
      this.texts = new CachedSideInput<>(texts);
      this.similarity = similarity;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      ValidationTexts.Search open = search == null ? texts.get(context).search(similarity) : search;
      search = open;
      open.find(context.element(), context::output);
    }
  }

  private static final class UpdatePlanFn
      extends DoFn<KV<Integer, Iterable<NearValidation>>, SplitPlan> {
    private final PCollectionView<SplitPlan> plan;

    UpdatePlanFn(PCollectionView<SplitPlan> plan) {
      this.plan = plan;
    }

    @ProcessElement
    public void processElement(ProcessContext context) {
      context.output(context.sideInput(plan).without(context.element().getValue()));
    }
  }
}
