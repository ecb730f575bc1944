package dev.attune.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class LimitRecordsTest {
  private static final Refusal REFUSAL = new Refusal("a.jsonl:1", "It is refused.");

  @Test
  void givesNothingForNothing(TestPipeline pipeline) {
    SourceOutput limited = limited(pipeline, List.of(), List.of(), List.of(), 3);

    PAssert.that(limited.examples()).empty();
    PAssert.that(limited.rejected()).empty();
    PAssert.that(limited.tallies()).empty();
    PAssert.that(limited.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void keepsAllThatAreFewerThanTheLimit(TestPipeline pipeline) {
    List<Example> examples = List.of(example(1), example(2));
    List<RejectedRecord> rejected = List.of(rejected(3));
    SourceOutput limited = limited(pipeline, examples, rejected, List.of(REFUSAL), 4);

    PAssert.that(limited.examples()).containsInAnyOrder(examples);
    PAssert.that(limited.rejected()).containsInAnyOrder(rejected);
    PAssert.that(limited.tallies()).satisfies(tallies -> sumTo(tallies, 3));
    PAssert.that(limited.refusals()).containsInAnyOrder(REFUSAL);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void keepsAsManyAsTheLimitOfBothKindsTogether(TestPipeline pipeline) {
    List<Example> examples = IntStream.range(0, 40).mapToObj(LimitRecordsTest::example).toList();
    List<RejectedRecord> rejected =
        IntStream.range(40, 60).mapToObj(LimitRecordsTest::rejected).toList();
    SourceOutput limited = limited(pipeline, examples, rejected, List.of(), 20);

    PAssert.thatSingleton(limited.examples().apply("CountExamples", Count.globally()))
        .satisfies(count -> isBetween(count, 5, 19));
    PAssert.that(limited.tallies()).satisfies(tallies -> sumTo(tallies, 20));
    PAssert.that(limited.refusals()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void tellsRecordsOfOneIdApartByTheirPlaces(TestPipeline pipeline) {
    Example first = example(1);
    Example second =
        new Example(
            first.id(),
            first.source(),
            "a.jsonl:77",
            null,
            null,
            first.createdAt(),
            first.line(),
            List.of(),
            null);
    SourceOutput limited = limited(pipeline, List.of(first, second), List.of(), List.of(), 1);

    PAssert.thatSingleton(limited.examples().apply("CountExamples", Count.globally()))
        .isEqualTo(1L);
    PAssert.that(limited.rejected()).empty();
    PAssert.that(limited.tallies()).satisfies(tallies -> sumTo(tallies, 1));
    pipeline.run().waitUntilFinish();
  }

  private static SourceOutput limited(
      TestPipeline pipeline,
      List<Example> examples,
      List<RejectedRecord> rejected,
      List<Refusal> refusals,
      int limit) {
    return SourceOutput.of(
            PCollectionTuple.of(
                    SourceOutput.EXAMPLES,
                    pipeline.apply(
                        "Examples", Create.of(examples).withType(TypeDescriptor.of(Example.class))))
                .and(
                    SourceOutput.REJECTED,
                    pipeline.apply(
                        "Rejected",
                        Create.of(rejected).withType(TypeDescriptor.of(RejectedRecord.class))))
                .and(
                    SourceOutput.TALLIES,
                    pipeline.apply(
                        "Tallies",
                        Create.of(Tally.none("generated").plus("generated:unlimited"))
                            .withType(TypeDescriptor.of(Tally.class))))
                .and(
                    SourceOutput.REFUSALS,
                    pipeline.apply(
                        "Refusals",
                        Create.of(refusals).withType(TypeDescriptor.of(Refusal.class)))))
        .apply("Limit", LimitRecords.of(SourceName.GENERATED, limit));
  }

  private static Example example(int id) {
    return new Example(
        "generated:" + id,
        SourceName.GENERATED,
        "a.jsonl:" + id,
        null,
        null,
        Example.NO_TIME,
        new ExampleLine(null, List.of(Turn.user("ask"), Turn.model("say"))),
        List.of(),
        null);
  }

  private static RejectedRecord rejected(int id) {
    RejectionReason reason = RejectionReason.MALFORMED_RECORD;
    return new RejectedRecord(
        "generated:" + id, "generated", "a.jsonl:" + id, "read", reason, "No.", null, "0f");
  }

  private static Void sumTo(Iterable<Tally> tallies, long records) {
    assertThat(StreamSupport.stream(tallies.spliterator(), false).mapToLong(Tally::count).sum())
        .isEqualTo(records);
    return null;
  }

  private static Void isBetween(long count, long least, long most) {
    assertThat(count).isBetween(least, most);
    return null;
  }
}
