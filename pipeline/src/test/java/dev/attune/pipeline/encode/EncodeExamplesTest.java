package dev.attune.pipeline.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.bytes.Sha256;
import dev.attune.config.Task;
import dev.attune.format.gemini.GeminiFormat;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.CarriedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Fingerprint;
import dev.attune.pipeline.example.Line;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.nearness.Shingled;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.stage.EncodedExamples;
import dev.attune.schema.Turn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both stages in a pipeline, with all of their outputs. */
@ExtendWith(TestPipelineExtension.class)
class EncodeExamplesTest {
  private static final GeminiFormat FORMAT = new GeminiFormat();
  private static final ExampleEncoder ENCODER =
      new ExampleEncoder(Task.CONVERSATION, FORMAT, true, true);
  private static final Example ONE = example("1", "Where is the dog?");
  private static final Example OTHER = example("2", "Where is the cat?");

  @Test
  void makesNothingOfNothing(TestPipeline pipeline) {
    assertHolds(encode(pipeline, true), List.of());
    pipeline.run();
  }

  @Test
  void encodesOneWithItsShingles(TestPipeline pipeline) {
    assertHolds(encode(pipeline, true, ONE), List.of(ENCODER.encode(ONE)));
    pipeline.run();
  }

  @Test
  void encodesManyAndEachOfEqualOnes(TestPipeline pipeline) {
    ExampleEncoder.Encoded one = ENCODER.encode(ONE);
    assertHolds(encode(pipeline, true, ONE, OTHER, ONE), List.of(one, one, ENCODER.encode(OTHER)));
    pipeline.run();
  }

  @Test
  void leavesShinglesOutUnlessTheyAreAskedFor(TestPipeline pipeline) {
    EncodedExamples encoded = encode(pipeline, false, ONE);
    PAssert.that(encoded.bodies()).containsInAnyOrder(ENCODER.encode(ONE).body());
    PAssert.that(encoded.identities()).containsInAnyOrder(ENCODER.encode(ONE).identity());
    PAssert.that(encoded.asked()).containsInAnyOrder(ENCODER.encode(ONE).asked());
    PAssert.that(encoded.shingles()).empty();
    pipeline.run();
  }

  @Test
  void carriesOverTheLinesAsTheyAre(TestPipeline pipeline) {
    CarriedExample one = carried(ONE, line(ONE));
    CarriedExample other = carried(OTHER, line(OTHER));
    CarriedExamples encoded = encodeCarried(pipeline, one, other);
    assertHolds(
        encoded.encoded(),
        List.of(
            Objects.requireNonNull(ENCODER.encode(one)),
            Objects.requireNonNull(ENCODER.encode(other))));
    PAssert.that(encoded.refusals()).empty();
    pipeline.run();
  }

  @Test
  void refusesLinesThatWereChangedOrHaveAnotherFormat(TestPipeline pipeline) {
    CarriedExample good = carried(ONE, line(ONE));
    CarriedExample changed =
        new CarriedExample(
            ExampleEncoder.provenance(OTHER),
            Split.TRAINING,
            new Line(line(ONE)),
            fingerprint(line(OTHER)));
    CarriedExample noJson = carried(example("3", ""), "{".getBytes(StandardCharsets.UTF_8));
    CarriedExamples encoded = encodeCarried(pipeline, changed, good, noJson);
    assertHolds(encoded.encoded(), List.of(Objects.requireNonNull(ENCODER.encode(good))));
    PAssert.that(encoded.refusals())
        .satisfies(
            refusals -> {
              assertThat(refusals)
                  .extracting(Refusal::place)
                  .containsExactlyInAnyOrder("file:2", "file:3");
              assertThat(refusals)
                  .allMatch(
                      refusal ->
                          refusal
                              .sentence()
                              .startsWith("The line is not what its lineage or the format says"));
              return null;
            });
    pipeline.run();
  }

  @Test
  void carriesOverNothing(TestPipeline pipeline) {
    CarriedExamples encoded = encodeCarried(pipeline);
    assertHolds(encoded.encoded(), List.of());
    PAssert.that(encoded.refusals()).empty();
    pipeline.run();
  }

  private static void assertHolds(EncodedExamples encoded, List<ExampleEncoder.Encoded> expected) {
    PAssert.that(encoded.bodies())
        .containsInAnyOrder(expected.stream().map(ExampleEncoder.Encoded::body).toList());
    PAssert.that(encoded.identities())
        .containsInAnyOrder(expected.stream().map(ExampleEncoder.Encoded::identity).toList());
    PAssert.that(encoded.asked())
        .containsInAnyOrder(expected.stream().map(ExampleEncoder.Encoded::asked).toList());
    List<Shingled> shingles =
        expected.stream().map(each -> Objects.requireNonNull(each.shingled())).toList();
    PAssert.that(encoded.shingles()).containsInAnyOrder(shingles);
  }

  private static EncodedExamples encode(
      TestPipeline pipeline, boolean shingling, Example... examples) {
    return pipeline
        .apply(Create.of(List.of(examples)).withCoder(RecordCoder.of(Example.class)))
        .apply(
            "Encode", EncodeExamples.of(Task.CONVERSATION, FORMAT, true).withShingles(shingling));
  }

  private static CarriedExamples encodeCarried(TestPipeline pipeline, CarriedExample... examples) {
    return pipeline
        .apply(Create.of(List.of(examples)).withCoder(RecordCoder.of(CarriedExample.class)))
        .apply("EncodeCarried", EncodeCarried.of(Task.CONVERSATION, FORMAT, true, true));
  }

  private static CarriedExample carried(Example example, byte[] line) {
    return new CarriedExample(
        ExampleEncoder.provenance(example), Split.TRAINING, new Line(line), fingerprint(line));
  }

  private static byte[] line(Example example) {
    return FORMAT.encode(example.line());
  }

  private static Fingerprint fingerprint(byte[] line) {
    return Fingerprint.ofHex(Sha256.hex(line));
  }

  private static Example example(String id, String prompt) {
    return Example.builder(SourceName.FEEDBACK, id)
        .location("file:" + id)
        .group("g")
        .turns(Turn.user(prompt), Turn.model("In the garden."));
  }
}
