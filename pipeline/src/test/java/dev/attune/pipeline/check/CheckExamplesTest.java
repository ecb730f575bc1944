package dev.attune.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.config.Task;
import dev.attune.format.gemini.GeminiFormat;
import dev.attune.pipeline.coder.RecordCoder;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import dev.attune.taxonomy.TaxonomyLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
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
class CheckExamplesTest {
  private static final ContentHash HASH = ContentHash.of("answers");
  private static final ExampleChecker CHECKER =
      new ExampleChecker(
          TaxonomyLoader.load(
              """
              {"categories": [{"id": "speaking", "aliases": ["Talk"]}, {"id": "moving"}]}
              """
                  .getBytes(StandardCharsets.UTF_8),
              "domains.json"),
          Task.CLASSIFICATION,
          new GeminiFormat(),
          40);

  @Test
  void makesNothingOfNothing(TestPipeline pipeline) {
    var checked = check(pipeline, List.of());
    PAssert.that(checked.output()).empty();
    PAssert.that(checked.failures()).empty();
    pipeline.run();
  }

  @Test
  void writesTheAnswerOfTheOnlyExample(TestPipeline pipeline) {
    Example read = observation("1", "She ran.", "MOVING", "talk");
    var checked = check(pipeline, List.of(read));
    PAssert.that(checked.output())
        .containsInAnyOrder(
            read.checked(
                read.line().withAnswer("speaking, moving"), List.of("speaking", "moving")));
    PAssert.that(checked.failures()).empty();
    pipeline.run();
  }

  @Test
  void rejectsEachFaultWithItsReason(TestPipeline pipeline) {
    Example good = observation("1", "She ran.", "moving");
    Example unknown = observation("2", "She sang.", "singing");
    Example longer = observation("3", "She ran and ran. ".repeat(20), "moving");
    Example media =
        Example.builder(SourceName.OBSERVATIONS, "4")
            .location("file:4")
            .categories(List.of("moving"))
            .turns(new Turn(Role.USER, "Look.", List.of("gs://b/a.exe")), Turn.model(""));
    var checked = check(pipeline, List.of(longer, good, media, unknown));
    PAssert.that(checked.output())
        .containsInAnyOrder(good.checked(good.line().withAnswer("moving"), List.of("moving")));
    PAssert.that(checked.failures())
        .satisfies(
            failures -> {
              List<RejectedRecord> rejected = new ArrayList<>();
              failures.forEach(rejected::add);
              assertThat(rejected)
                  .extracting(RejectedRecord::id, RejectedRecord::reason)
                  .containsExactlyInAnyOrder(
                      tuple("observations:2", RejectionReason.UNKNOWN_CATEGORY),
                      tuple("observations:3", RejectionReason.TOO_MANY_TOKENS),
                      tuple("observations:4", RejectionReason.UNSUPPORTED_MEDIA));
              assertThat(rejected).allMatch(record -> record.stage().equals("check"));
              return null;
            });
    var metrics =
        pipeline
            .run()
            .metrics()
            .queryMetrics(
                MetricsFilter.builder()
                    .addNameFilter(MetricNameFilter.inNamespace(CheckExamples.class))
                    .build());
    assertThat(metrics.getCounters())
        .extracting(counter -> counter.getName().getName() + " " + counter.getAttempted())
        .containsExactlyInAnyOrder(
            "read 4",
            "kept 1",
            "rejected_UNKNOWN_CATEGORY 1",
            "rejected_TOO_MANY_TOKENS 1",
            "rejected_UNSUPPORTED_MEDIA 1");
  }

  @Test
  void passesOnEachOfEqualRecords(TestPipeline pipeline) {
    Example good = observation("1", "She ran.", "moving");
    Example bad = observation("2", "She sang.", "singing");
    var checked = check(pipeline, List.of(good, bad, good, bad));
    Example passed = good.checked(good.line().withAnswer("moving"), List.of("moving"));
    PAssert.that(checked.output()).containsInAnyOrder(passed, passed);
    RejectedRecord rejected =
        RejectedRecord.of(
            bad,
            "check",
            RejectionReason.UNKNOWN_CATEGORY,
            "the taxonomy does not know the category 'singing'",
            HASH);
    PAssert.that(checked.failures()).containsInAnyOrder(rejected, rejected);
    pipeline.run();
  }

  private static WithFailures.Result<PCollection<Example>, RejectedRecord> check(
      TestPipeline pipeline, List<Example> examples) {
    return pipeline
        .apply(Create.of(examples).withCoder(RecordCoder.of(Example.class)))
        .apply("Check", CheckExamples.create(CHECKER, HASH));
  }

  private static Example observation(String id, String text, String... categories) {
    return Example.builder(SourceName.OBSERVATIONS, id)
        .location("file:" + id)
        .categories(List.of(categories))
        .turns(Turn.user(text), Turn.model(""));
  }
}
