package dev.attune.pipeline.encode;

import dev.attune.config.Task;
import dev.attune.format.ExampleFormat;
import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import dev.attune.pipeline.example.Asked;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.stage.EncodedExamples;
import java.io.Serializable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/** Encodes elements with one encoder, and outputs the lines and their keys. */
abstract class EncodeFn<T> extends DoFn<T, EncodedExample> {
  static final TupleTag<EncodedExample> BODIES = new TupleTag<>() {};
  private static final TupleTag<Identity> IDENTITIES = new TupleTag<>() {};
  private static final TupleTag<Asked> ASKED = new TupleTag<>() {};
  private static final TupleTag<Shingled> SHINGLES = new TupleTag<>() {};
  static final TupleTagList OTHER_TAGS = TupleTagList.of(IDENTITIES).and(ASKED).and(SHINGLES);

  private final Rules rules;
  private transient @Nullable ExampleEncoder encoder;

  /**
   * The settings of the encoder.
   *
   * @param byGroup whether records of one group stay together in the split
   * @param shingling whether to output shingles, too
   */
  record Rules(Task task, ExampleFormat format, boolean byGroup, boolean shingling)
      implements Serializable {
    ExampleEncoder encoder() {
      return new ExampleEncoder(task, format, byGroup, shingling);
    }
  }

  EncodeFn(Rules rules) {
    this.rules = rules;
  }

  final ExampleEncoder encoder() {
    ExampleEncoder made = encoder == null ? rules.encoder() : encoder;
    encoder = made;
    return made;
  }

  static void output(ExampleEncoder.Encoded encoded, Kind kind, MultiOutputReceiver out) {
    WorkDone.add(kind, 1);
    out.get(BODIES).output(encoded.body());
    out.get(IDENTITIES).output(encoded.identity());
    out.get(ASKED).output(encoded.asked());
    Shingled shingled = encoded.shingled();
    if (shingled != null) {
      out.get(SHINGLES).output(shingled);
    }
  }

  static EncodedExamples examples(PCollectionTuple outputs) {
    return new EncodedExamples(
        outputs.get(BODIES), outputs.get(IDENTITIES), outputs.get(ASKED), outputs.get(SHINGLES));
  }
}
