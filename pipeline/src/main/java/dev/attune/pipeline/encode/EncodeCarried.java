package dev.attune.pipeline.encode;

import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.format.ExampleFormatException;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.rejection.Refusal;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Gives each example of the previous dataset the keys by which records are compared; its line stays
 * as it is. Out under the tags of {@link EncodeExamples}. Keeps no order, holds one example at a
 * time.
 */
public final class EncodeCarried extends PTransform<PCollection<CarriedExample>, PCollectionTuple> {
  /** Why the whole run is refused: a line that is not what its lineage or the format says. */
  public static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  private final Task task;
  private final OutputFormat format;
  private final boolean byGroup;
  private final boolean shingling;

  private EncodeCarried(Task task, OutputFormat format, boolean byGroup, boolean shingling) {
    this.task = task;
    this.format = format;
    this.byGroup = byGroup;
    this.shingling = shingling;
  }

  /**
   * For a task and a format.
   *
   * @param byGroup whether records of one group stay together in the split
   */
  public static EncodeCarried of(Task task, OutputFormat format, boolean byGroup) {
    return new EncodeCarried(task, format, byGroup, false);
  }

  /** With shingles for every example, or not. */
  public EncodeCarried withShingles(boolean asked) {
    return new EncodeCarried(task, format, byGroup, asked);
  }

  @Override
  public PCollectionTuple expand(PCollection<CarriedExample> examples) {
    return examples.apply(
        "EncodeCarriedExample",
        ParDo.of(new EncodeCarriedFn(task, format, byGroup, shingling))
            .withOutputTags(
                EncodeExamples.BODIES,
                TupleTagList.of(EncodeExamples.IDENTITIES)
                    .and(EncodeExamples.ASKED)
                    .and(EncodeExamples.SHINGLES)
                    .and(REFUSALS)));
  }

  private static final class EncodeCarriedFn extends DoFn<CarriedExample, EncodedExample> {
    private final Task task;
    private final OutputFormat format;
    private final boolean byGroup;
    private final boolean shingling;
    private transient @Nullable ExampleEncoder encoder;

    EncodeCarriedFn(Task task, OutputFormat format, boolean byGroup, boolean shingling) {
      this.task = task;
      this.format = format;
      this.byGroup = byGroup;
      this.shingling = shingling;
    }

    @ProcessElement
    public void processElement(@Element CarriedExample example, MultiOutputReceiver out) {
      if (encoder == null) {
        encoder =
            new ExampleEncoder(task, ExampleFormats.of(format), byGroup).withShingles(shingling);
      }
      ExampleEncoder.Encoded encoded = encoded(encoder, example);
      if (encoded == null) {
        out.get(REFUSALS)
            .output(
                new Refusal(
                    example.provenance().location(),
                    "The line is not what its lineage or the format says: take another dataset, or"
                        + " prepare without --previous."));
        return;
      }
      WorkDone.add(Kind.EXAMPLES_CARRIED, 1);
      out.get(EncodeExamples.BODIES).output(encoded.body());
      out.get(EncodeExamples.IDENTITIES).output(encoded.identity());
      out.get(EncodeExamples.ASKED).output(encoded.asked());
      Shingled shingled = encoded.shingled();
      if (shingled != null) {
        out.get(EncodeExamples.SHINGLES).output(shingled);
      }
    }

    private static ExampleEncoder.@Nullable Encoded encoded(
        ExampleEncoder with, CarriedExample example) {
      try {
        return with.encode(example);
      } catch (ExampleFormatException e) {
        return null;
      }
    }
  }
}
