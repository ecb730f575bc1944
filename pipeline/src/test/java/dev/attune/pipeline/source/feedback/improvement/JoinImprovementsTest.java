package dev.attune.pipeline.source.feedback.improvement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.source.feedback.row.RowOutcome;
import dev.attune.pipeline.source.file.cut.LinePlace;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class JoinImprovementsTest {
  @Test
  void givesNothingForNothing(TestPipeline pipeline) {
    JoinImprovements.ImprovedRows joined = join(pipeline, List.of());

    PAssert.that(joined.examples()).empty();
    PAssert.that(joined.rejected()).empty();
    PAssert.that(joined.refusals()).empty();
    PAssert.that(joined.counts()).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void givesARowTheImprovementOfItsVersion(TestPipeline pipeline) {
    JoinImprovements.ImprovedRows joined =
        join(
            pipeline,
            List.of(
                waiting("1", "b1"),
                improvement("1", null, "for any version", 1),
                improvement("1", "b1", "for this version", 2),
                improvement("1", "b0", "for an earlier version", 3)));

    PAssert.that(answers(joined)).containsInAnyOrder("feedback:1 for this version");
    PAssert.that(joined.rejected()).empty();
    PAssert.that(joined.refusals()).empty();
    PAssert.that(joined.counts())
        .satisfies(counts -> sumTo(counts, new ImprovementCounts(3, 1, 0, 2, 0)));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void countsWhatNoRowTakesAndRejectsRowsWithout(TestPipeline pipeline) {
    JoinImprovements.ImprovedRows joined =
        join(
            pipeline,
            List.of(
                waiting("1", "b1"),
                waiting("2", "b2"),
                new JoinSide.Row("feedback:3", "b3", null),
                improvement("2", "b0", "outdated", 1),
                improvement("3", null, "not needed", 2),
                improvement("4", null, "without a row", 3)));

    PAssert.that(answers(joined)).empty();
    PAssert.that(
            joined
                .rejected()
                .apply(
                    "Reasons",
                    MapElements.into(TypeDescriptors.strings())
                        .via(rejected -> rejected.id() + " " + rejected.reason())))
        .containsInAnyOrder("feedback:1 IMPROVEMENT_MISSING", "feedback:2 IMPROVEMENT_MISSING");
    PAssert.that(joined.refusals()).empty();
    PAssert.that(joined.counts())
        .satisfies(counts -> sumTo(counts, new ImprovementCounts(3, 0, 1, 1, 1)));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesASecondImprovementWithTheSameBasis(TestPipeline pipeline) {
    JoinImprovements.ImprovedRows joined =
        join(
            pipeline,
            List.of(
                waiting("1", "b1"),
                improvement("1", "b1", "second", 9),
                improvement("1", "b1", "first", 4),
                improvement("1", "b1", "third", 12)));

    PAssert.that(joined.refusals())
        .containsInAnyOrder(
            new Refusal(
                "a.jsonl:9",
                "The line is a second improvement with the same basis for the feedback that"
                    + " a.jsonl:4 improves; remove one of them."));
    pipeline.run().waitUntilFinish();
  }

  private static JoinImprovements.ImprovedRows join(TestPipeline pipeline, List<JoinSide> sides) {
    return pipeline
        .apply(Create.of(sides).withCoder(RecordCoder.of(JoinSide.class)))
        .apply(JoinImprovements.of(sides.size(), List.of()));
  }

  private static JoinSide waiting(String id, String basis) {
    String fullId = "feedback:" + id;
    Example example =
        new Example(
            fullId,
            SourceName.FEEDBACK,
            "answers row " + id,
            null,
            null,
            Example.NO_TIME,
            new ExampleLine(null, List.of(Turn.user("ask " + id), Turn.model(""))),
            List.of(),
            null);
    return new JoinSide.Row(fullId, basis, new RowOutcome.Waiting(example, "hash " + id));
  }

  private static JoinSide improvement(
      String id, @Nullable String basis, String response, long line) {
    return new Improvement("feedback:" + id, basis, response, LinePlace.ofLine("a.jsonl", line));
  }

  private static PCollection<String> answers(JoinImprovements.ImprovedRows joined) {
    return joined
        .examples()
        .apply(
            "Answers",
            MapElements.into(TypeDescriptors.strings())
                .via(example -> example.id() + " " + example.line().turns().get(1).text()));
  }

  private static Void sumTo(Iterable<ImprovementCounts> counts, ImprovementCounts expected) {
    ImprovementCounts sum = ImprovementCounts.NONE;
    for (ImprovementCounts each : counts) {
      sum = sum.plus(each);
    }
    assertThat(sum).isEqualTo(expected);
    return null;
  }
}
