package dev.attune.pipeline.source.configured;

import static dev.attune.pipeline.source.SourceOutputText.examples;
import static dev.attune.pipeline.source.SourceOutputText.strings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig;
import dev.attune.config.OutputFormat;
import dev.attune.config.SourcesConfig;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.SourcesConfig.ObservationColumns;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.source.SourceOutputText;
import dev.attune.pipeline.source.feedback.FeedbackDatabase;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.FileType;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The three sources of a configuration in one pipeline. */
@ExtendWith(TestPipelineExtension.class)
class ReadSourcesTest {
  private static final DatasetConfig CONFIG =
      new DatasetConfig(
          "test",
          Task.CONVERSATION,
          "Answer kindly.",
          null,
          new SourcesConfig(
              new Feedback(
                  new SourcesConfig.Connection("jdbc:h2:./x", "sa", null, null),
                  "answers",
                  null,
                  new FeedbackColumns("id", null, "ask", "say", "rating", "comment", null),
                  null,
                  "i.jsonl"),
              new Observations(
                  List.of("o.csv"),
                  new ObservationColumns("id", null, "note", "domains", null, null),
                  ',',
                  "|"),
              new Generated(List.of("g.jsonl"))),
          new CurationRules(
              List.of(),
              new QualityRule(0, List.of()),
              new DuplicateRule(true, 0.8),
              new SplitRule(0.1, true, "1"),
              new Limits(0.5, 1000, false, 200, null, null, null)),
          new DatasetConfig.OutputConfig("out", OutputFormat.GEMINI, FileMode.PRIVATE));

  @TempDir Path folder;

  @BeforeEach
  void writeSources() throws Exception {
    Files.writeString(
        folder.resolve("o.csv"), "id,note,domains\n1,Sings.,A\n2,Runs.,\n1,Sings.,A\n");
    Files.writeString(
        folder.resolve("g.jsonl"),
        "{\"id\":\"1\",\"prompt\":\"ask\",\"response\":\"say\"}\n{\"id\":\"2\"}\n");
    Files.writeString(
        folder.resolve("i.jsonl"),
        "{\"id\":\"b\",\"response\":\"better\"}\n{\"id\":\"z\",\"response\":\"better\"}\n");
    database(
        "('a', 'ask', 'say', 5, NULL), ('b', 'ask', 'say', 1, 'wrong'), ('c', 'ask', 'say', 3,"
            + " '')");
  }

  @Test
  void readsOnlyWhatIsConfigured(TestPipeline pipeline) throws Exception {
    SourceOutput read = pipeline.apply(ReadSources.of(CONFIG, null, List.of(), files("g.jsonl")));

    PAssert.that(examples(read)).containsInAnyOrder("generated:1 g.jsonl:1");
    PAssert.that(rejected(read)).containsInAnyOrder("generated:2 MISSING_FIELD");
    PAssert.that(read.tallies())
        .satisfies(tallies -> SourceOutputText.sumTo(tallies, Map.of("generated", 2L)));
    PAssert.that(read.refusals()).empty();
    assertThat(read.notes()).isNull();
    assertThat(read.improvements()).isNull();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsNothingOfEmptySources(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("o.csv"), "id,note,domains\n");
    Files.writeString(folder.resolve("g.jsonl"), "");
    Files.writeString(folder.resolve("i.jsonl"), "");
    database("");
    SourceOutput read = pipeline.apply(all());

    PAssert.that(read.examples()).empty();
    PAssert.that(read.rejected()).empty();
    PAssert.that(read.tallies())
        .satisfies(
            tallies ->
                SourceOutputText.sumTo(
                    tallies, Map.of("feedback", 0L, "observations", 0L, "generated", 0L)));
    PAssert.that(read.refusals()).empty();
    PAssert.that(Objects.requireNonNull(read.notes())).empty();
    PAssert.that(Objects.requireNonNull(read.improvements())).empty();
    pipeline.run().waitUntilFinish();
  }

  @Test
  void readsEverySourceWithItsDuplicatesAndFaults(TestPipeline pipeline) throws Exception {
    SourceOutput read = pipeline.apply(all().inAtLeast(3));

    PAssert.that(examples(read))
        .containsInAnyOrder(
            "feedback:a answers row a",
            "feedback:b answers row b",
            "observations:1 o.csv:2",
            "observations:1 o.csv:4",
            "generated:1 g.jsonl:1");
    PAssert.that(rejected(read))
        .containsInAnyOrder(
            "feedback:c NEUTRAL_RATING",
            "observations:2 MISSING_FIELD",
            "generated:2 MISSING_FIELD");
    PAssert.that(read.tallies())
        .satisfies(
            tallies ->
                SourceOutputText.sumTo(
                    tallies, Map.of("feedback", 3L, "observations", 3L, "generated", 2L)));
    PAssert.that(read.refusals()).empty();
    PAssert.that(Objects.requireNonNull(read.notes())).empty();
    PAssert.that(Objects.requireNonNull(read.improvements()))
        .satisfies(counts -> sumTo(counts, new ImprovementCounts(2, 1, 1, 0, 0)));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void collectsTheRefusalsOfAllSources(TestPipeline pipeline) throws Exception {
    Files.writeString(folder.resolve("i.jsonl"), "{\"id\":\"b\"}\n");
    Files.writeString(folder.resolve("o.csv"), "id,text\n1,Sings.\n");
    ReadSources sources = all();
    Files.writeString(folder.resolve("g.jsonl"), "\n");
    SourceOutput read = pipeline.apply(sources);

    PAssert.that(examples(read)).containsInAnyOrder("feedback:a answers row a");
    PAssert.that(rejected(read))
        .containsInAnyOrder("feedback:b IMPROVEMENT_MISSING", "feedback:c NEUTRAL_RATING");
    PAssert.that(read.tallies())
        .satisfies(
            tallies ->
                SourceOutputText.sumTo(
                    tallies, Map.of("feedback", 3L, "observations", 0L, "generated", 0L)));
    PAssert.that(strings("Refusals", read.refusals(), refusal -> refusal.place()))
        .containsInAnyOrder("i.jsonl:1", "o.csv", "g.jsonl");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void keepsALimitedNumberOfRecordsOfEachSource(TestPipeline pipeline) throws Exception {
    SourceOutput read = pipeline.apply(all().limitedTo(1));

    PAssert.that(read.tallies())
        .satisfies(
            tallies ->
                SourceOutputText.sumTo(
                    tallies, Map.of("feedback", 1L, "observations", 1L, "generated", 1L)));
    PAssert.that(read.refusals()).empty();
    PAssert.that(Objects.requireNonNull(read.improvements()))
        .satisfies(counts -> sumTo(counts, new ImprovementCounts(2, 1, 1, 0, 0)));
    pipeline.run().waitUntilFinish();
  }

  private ReadSources all() throws Exception {
    Feedback feedback = Objects.requireNonNull(CONFIG.sources().feedback());
    FeedbackPlan plan = FeedbackDatabase.of(feedback, Place.of(folder), Map.of()).inspect();
    return ReadSources.of(CONFIG, plan, files("o.csv"), files("g.jsonl"));
  }

  private void database(String rows) throws SQLException {
    try (Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("x"), "sa", "");
        Statement statement = owner.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS answers");
      statement.execute(
          "CREATE TABLE answers (id varchar, ask varchar, say varchar, rating int, comment"
              + " varchar)");
      if (!rows.isEmpty()) {
        statement.execute("INSERT INTO answers VALUES " + rows);
      }
    }
  }

  private List<InputFile> files(String name) throws Exception {
    return InputFiles.locate(List.of(name), Place.of(folder), EnumSet.allOf(FileType.class));
  }

  private static PCollection<String> rejected(SourceOutput read) {
    return strings("Rejected", read.rejected(), each -> each.id() + " " + each.reason());
  }

  private static @Nullable Void sumTo(
      Iterable<ImprovementCounts> counts, ImprovementCounts expected) {
    ImprovementCounts sum = ImprovementCounts.NONE;
    for (ImprovementCounts each : counts) {
      sum = sum.plus(each);
    }
    assertThat(sum).isEqualTo(expected);
    return null;
  }
}
