package dev.attune.pipeline.encode;

import dev.attune.config.OutputFormat;
import dev.attune.config.Task;
import dev.attune.format.provider.ExampleFormats;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.nearness.Shingled;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Encodes each example: one body, one identity and what it asks out for each example in, and if
 * told to its shingles. Keeps no order, holds one example at a time.
 */
public final class EncodeExamples extends PTransform<PCollection<Example>, PCollectionTuple> {
  /** What will be written. */
  public static final TupleTag<EncodedExample> BODIES = new TupleTag<>() {};

  /** What the stages that compare records work on. */
  public static final TupleTag<Identity> IDENTITIES = new TupleTag<>() {};

  /** What they ask, to find equal prompts and beginnings. */
  public static final TupleTag<Asked> ASKED = new TupleTag<>() {};

  /** What their texts are compared by for nearness; nothing unless it was asked for. */
  public static final TupleTag<Shingled> SHINGLES = new TupleTag<>() {};

  private final Task task;
  private final OutputFormat format;
  private final boolean byGroup;
  private final boolean shingling;

  private EncodeExamples(Task task, OutputFormat format, boolean byGroup, boolean shingling) {
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
  public static EncodeExamples of(Task task, OutputFormat format, boolean byGroup) {
    return new EncodeExamples(task, format, byGroup, false);
  }

  /** With shingles for every example, or not. */
  public EncodeExamples withShingles(boolean asked) {
    return new EncodeExamples(task, format, byGroup, asked);
  }

  @Override
  public PCollectionTuple expand(PCollection<Example> examples) {
    return examples.apply(
        "EncodeExample",
        ParDo.of(new EncodeExampleFn(task, format, byGroup, shingling))
            .withOutputTags(BODIES, TupleTagList.of(IDENTITIES).and(ASKED).and(SHINGLES)));
  }

  private static final class EncodeExampleFn extends DoFn<Example, EncodedExample> {
    private final Task task;
    private final OutputFormat format;
    private final boolean byGroup;
    private final boolean shingling;
    private transient @Nullable ExampleEncoder encoder;

    EncodeExampleFn(Task task, OutputFormat format, boolean byGroup, boolean shingling) {
      this.task = task;
      this.format = format;
      this.byGroup = byGroup;
      this.shingling = shingling;
    }

    @ProcessElement
    public void processElement(@Element Example example, MultiOutputReceiver out) {
      if (encoder == null) {
        encoder =
            new ExampleEncoder(task, ExampleFormats.of(format), byGroup).withShingles(shingling);
      }
      ExampleEncoder.Encoded encoded = encoder.encode(example);
      WorkDone.add(Kind.RECORDS_ENCODED, 1);
      out.get(BODIES).output(encoded.body());
      out.get(IDENTITIES).output(encoded.identity());
      out.get(ASKED).output(encoded.asked());
      Shingled shingled = encoded.shingled();
      if (shingled != null) {
        out.get(SHINGLES).output(shingled);
      }
    }
  }
}
