package dev.attune.pipeline.score;

import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.Task;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.Turn;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.WithFailures;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stage in a pipeline, with both of its outputs. */
@ExtendWith(TestPipelineExtension.class)
class ScoreExamplesTest {
  private static final ContentHash HASH = ContentHash.of("answers");
  private static final QualityRule SEVEN = new QualityRule(70, List.of("generated"));

  /** Scored 7.0. */
  private static final String FAIR =
      "The dog went over the bridge because it had seen a cat on the other side.";

  @Test
  void makesNothingOfNothing(TestPipeline pipeline) {
    var scored = score(pipeline, List.of());
    PAssert.that(scored.output()).empty();
    PAssert.that(scored.failures()).empty();
    pipeline.run();
  }

  @Test
  void scoresTheOnlyExample(TestPipeline pipeline) {
    Example fair = example(SourceName.GENERATED, "1", FAIR);
    var scored = score(pipeline, List.of(fair));
    PAssert.that(scored.output()).containsInAnyOrder(fair.scored(new Quality(70, 0, false)));
    PAssert.that(scored.failures()).empty();
    pipeline.run();
  }

  @Test
  void rejectsLowQualityOfTheSourcesInTheRuleOnly(TestPipeline pipeline) {
    Example fair = example(SourceName.GENERATED, "1", FAIR);
    Example low = example(SourceName.GENERATED, "2", "no");
    Example notScored = example(SourceName.FEEDBACK, "3", "no");
    var scored = score(pipeline, List.of(low, notScored, fair));
    PAssert.that(scored.output())
        .containsInAnyOrder(fair.scored(new Quality(70, 0, false)), notScored);
    PAssert.that(scored.failures()).containsInAnyOrder(tooLow(low));
    pipeline.run();
  }

  @Test
  void passesOnEachOfEqualRecords(TestPipeline pipeline) {
    Example fair = example(SourceName.GENERATED, "1", FAIR);
    Example low = example(SourceName.GENERATED, "2", "no");
    var scored = score(pipeline, List.of(fair, low, fair, low));
    Example passed = fair.scored(new Quality(70, 0, false));
    PAssert.that(scored.output()).containsInAnyOrder(passed, passed);
    PAssert.that(scored.failures()).containsInAnyOrder(tooLow(low), tooLow(low));
    pipeline.run();
  }

  private static RejectedRecord tooLow(Example example) {
    return RejectedRecord.of(
        example, "score", RejectionReason.LOW_QUALITY, "quality 4.0 is below 7.0", HASH);
  }

  private static WithFailures.Result<PCollection<Example>, RejectedRecord> score(
      TestPipeline pipeline, List<Example> examples) {
    return pipeline
        .apply(Create.of(examples).withCoder(RecordCoder.of(Example.class)))
        .apply("Score", ScoreExamples.create(SEVEN, Task.CONVERSATION, HASH));
  }

  private static Example example(SourceName source, String id, String answer) {
    return Example.builder(source, id).turns(Turn.user("And then?"), Turn.model(answer));
  }
}
