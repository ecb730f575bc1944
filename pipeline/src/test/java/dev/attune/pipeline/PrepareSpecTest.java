package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.catalog.ExampleLimits;
import dev.attune.config.CurationRules;
import dev.attune.config.DatasetConfig;
import dev.attune.config.OutputFormat;
import dev.attune.config.SourcesConfig;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import dev.attune.format.openai.OpenAiFormat;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.check.ExampleChecker;
import dev.attune.pipeline.example.EncodedExample;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.ContentHash;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.pipeline.write.ApplyDecisions;
import dev.attune.pipeline.write.DatasetParts;
import dev.attune.pipeline.write.DividedExamples;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All stages on examples from elsewhere, into a sink of one's own. */
@ExtendWith(TestPipelineExtension.class)
class PrepareSpecTest {
  private static final int GROUPS = 40;

  @Test
  void preparesExamplesFromElsewhereForASinkOfOnesOwn(TestPipeline pipeline) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < GROUPS; i++) {
      examples.add(example("n" + i, "g" + i, i));
    }
    examples.add(example("again", "g0", 0));
    PrepareDataset.build(
        read(pipeline, examples),
        spec(
            divided -> {
              PAssert.that(ids(divided.training(), "training"))
                  .satisfies(ids -> hasFrom(ids, GROUPS / 2, GROUPS - 1));
              PAssert.that(ids(divided.validation(), "validation"))
                  .satisfies(ids -> hasFrom(ids, 1, GROUPS / 2));
              PAssert.that(
                      divided
                          .rejected()
                          .apply(
                              MapElements.into(TypeDescriptor.of(RejectionReason.class))
                                  .via(RejectedRecord::reason)))
                  .containsInAnyOrder(RejectionReason.EXACT_DUPLICATE);
            }));
    pipeline.run();
  }

  @Test
  void preparesNothing(TestPipeline pipeline) {
    PrepareDataset.build(
        read(pipeline, List.of()),
        spec(
            divided -> {
              PAssert.that(divided.training()).empty();
              PAssert.that(divided.validation()).empty();
              PAssert.that(divided.rejected()).empty();
            }));
    pipeline.run();
  }

  @Test
  void countsExamplesBySource(TestPipeline pipeline) {
    List<Example> examples = List.of(example("a", "g", 1), example("b", "g", 2));
    PAssert.that(read(pipeline, examples).tallies())
        .containsInAnyOrder(Tally.none("generated").plus("generated:a").plus("generated:b"));
    pipeline.run();
  }

  private static SourceOutput read(TestPipeline pipeline, List<Example> examples) {
    return SourceOutput.of(
        pipeline.apply(Create.of(examples).withType(TypeDescriptor.of(Example.class))));
  }

  private static Example example(String id, String group, int number) {
    return Example.builder(SourceName.GENERATED, id)
        .group(group)
        .turns(Turn.user(Chain.words(number, 14)), Turn.model(Chain.words(-1 - number, 14)));
  }

  private static PCollection<String> ids(PCollection<EncodedExample> examples, String what) {
    return examples.apply(
        "TakeIds " + what,
        MapElements.into(TypeDescriptors.strings()).via(example -> example.provenance().id()));
  }

  private static @Nullable Void hasFrom(Iterable<String> ids, int least, int most) {
    assertThat(ids).doesNotHaveDuplicates().hasSizeBetween(least, most);
    return null;
  }

  private static PrepareSpec spec(Assertions assertions) {
    CurationRules rules =
        new CurationRules(
            List.of("email"),
            new CurationRules.QualityRule(0, List.of()),
            new CurationRules.DuplicateRule(true, 0.8),
            new CurationRules.SplitRule(0.25, true, "seed"),
            new CurationRules.Limits(1, 1000, false, 100, null, null, null));
    DatasetConfig config =
        new DatasetConfig(
            "tickets",
            Task.CONVERSATION,
            null,
            null,
            new SourcesConfig(null, null, null),
            rules,
            new DatasetConfig.OutputConfig("out", OutputFormat.OPENAI, FileMode.PRIVATE));
    return new PrepareSpec(
        config,
        new ExampleChecker(null, Task.CONVERSATION, new OpenAiFormat(), null),
        new ExampleLimits(Long.MAX_VALUE, Long.MAX_VALUE, null),
        2,
        null,
        new DivideFor(assertions));
  }

  /** Asserts what the examples are divided into. */
  @FunctionalInterface
  private interface Assertions {
    void of(DividedExamples divided);
  }

  private static final class DivideFor extends PTransform<DatasetParts, PDone> {
    private final transient Assertions assertions;

    DivideFor(Assertions assertions) {
      this.assertions = assertions;
    }

    @Override
    public PDone expand(DatasetParts parts) {
      assertions.of(
          parts
              .examples()
              .apply("Divide", ApplyDecisions.of(ContentHash.of("tickets")).inBuckets(3)));
      return PDone.in(parts.getPipeline());
    }
  }
}
