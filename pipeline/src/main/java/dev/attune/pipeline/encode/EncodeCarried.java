package dev.attune.pipeline.encode;

import dev.attune.config.Task;
import dev.attune.format.ExampleFormat;
import dev.attune.format.ExampleFormatException;
import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.encode.EncodeFn.Rules;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.rejection.Refusal;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Computes the keys of the examples of a previous dataset, whose lines stay as they are.
 *
 * <p>Input: examples of {@code ReadPrevious}. Output: the same as that of {@link EncodeExamples}. A
 * line that does not match its lineage or the format is not in the output; the run is refused.
 *
 * <p>Deterministic. Keeps no order. Memory: one example.
 */
public final class EncodeCarried extends PTransform<PCollection<CarriedExample>, CarriedExamples> {
  private static final TupleTag<Refusal> REFUSALS = new TupleTag<>() {};

  private final Rules rules;

  private EncodeCarried(Rules rules) {
    this.rules = rules;
  }

  /**
   * Creates the stage for a task and a format.
   *
   * @param byGroup whether records of one group stay together in the split
   * @param shingling whether to output shingles, too
   */
  public static EncodeCarried of(
      Task task, ExampleFormat format, boolean byGroup, boolean shingling) {
    return new EncodeCarried(new Rules(task, format, byGroup, shingling));
  }

  @Override
  public CarriedExamples expand(PCollection<CarriedExample> examples) {
    PCollectionTuple encoded =
        examples.apply(
            "EncodeCarriedExample",
            ParDo.of(new EncodeCarriedFn(rules))
                .withOutputTags(EncodeFn.BODIES, EncodeFn.OTHER_TAGS.and(REFUSALS)));
    return new CarriedExamples(EncodeFn.examples(encoded), encoded.get(REFUSALS));
  }

  private static final class EncodeCarriedFn extends EncodeFn<CarriedExample> {
    EncodeCarriedFn(Rules rules) {
      super(rules);
    }

    @ProcessElement
    public void processElement(@Element CarriedExample example, MultiOutputReceiver out) {
      ExampleEncoder.Encoded encoded = encode(example);
      if (encoded != null) {
        output(encoded, Kind.EXAMPLES_CARRIED, out);
      } else {
        out.get(REFUSALS)
            .output(
                new Refusal(
                    example.provenance().location(),
                    Messages.of("pipeline.previous.line-differs")));
      }
    }

    private ExampleEncoder.@Nullable Encoded encode(CarriedExample example) {
      try {
        return encoder().encode(example);
      } catch (ExampleFormatException e) {
        return null;
      }
    }
  }
}
