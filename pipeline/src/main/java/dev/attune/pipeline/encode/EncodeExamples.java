package dev.attune.pipeline.encode;

import dev.attune.config.Task;
import dev.attune.format.ExampleFormat;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.encode.EncodeFn.Rules;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.stage.EncodedExamples;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Encodes each example as a line in a provider's format, and computes the keys by which later
 * stages compare it.
 *
 * <p>Input: examples whose last turn is the answer; {@code CheckExamples} writes the answer of a
 * classification. Output: for each example one line, one identity, one {@code Asked}, and one
 * {@code Shingled} if shingles are requested. Nothing is rejected.
 *
 * <p>Deterministic. Keeps no order. Memory: one example.
 */
public final class EncodeExamples extends PTransform<PCollection<Example>, EncodedExamples> {
  private final Rules rules;

  private EncodeExamples(Rules rules) {
    this.rules = rules;
  }

  /**
   * Creates the stage for a task and a format, without shingles.
   *
   * @param byGroup whether records of one group stay together in the split
   */
  public static EncodeExamples of(Task task, ExampleFormat format, boolean byGroup) {
    return new EncodeExamples(new Rules(task, format, byGroup, false));
  }

  /**
   * Sets whether to output shingles, too. {@code DropDuplicates} needs them for near duplicates.
   */
  public EncodeExamples withShingles(boolean shingling) {
    return new EncodeExamples(new Rules(rules.task(), rules.format(), rules.byGroup(), shingling));
  }

  @Override
  public EncodedExamples expand(PCollection<Example> examples) {
    return EncodeFn.examples(
        examples.apply(
            "EncodeExample",
            ParDo.of(new EncodeExampleFn(rules))
                .withOutputTags(EncodeFn.BODIES, EncodeFn.OTHER_TAGS)));
  }

  private static final class EncodeExampleFn extends EncodeFn<Example> {
    EncodeExampleFn(Rules rules) {
      super(rules);
    }

    @ProcessElement
    public void processElement(@Element Example example, MultiOutputReceiver out) {
      output(encoder().encode(example), Kind.RECORDS_ENCODED, out);
    }
  }
}
