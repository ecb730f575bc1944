package dev.attune.pipeline.source.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig;
import dev.attune.config.OutputFormat;
import dev.attune.config.SourcesConfig;
import dev.attune.config.SourcesConfig.Generated;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.Quality;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Generated samples through the real transform. */
@ExtendWith(TestPipelineExtension.class)
class ReadGeneratedTest {
  private static final String PAIR = "\"prompt\":\"p\",\"response\":\"r\"";

  @TempDir Path folder;

  @Test
  void readsAPairAndTurnsWithAllThatTheyBring(TestPipeline pipeline) throws Exception {
    SourceOutput output =
        read(
            pipeline,
            "{\"id\":\"a\"," + PAIR + "}",
            "{\"id\":7,\"turns\":[{\"role\":\"user\",\"text\":\"1\"},{\"role\":\"model\",\"text\":\"2\"},"
                + "{\"text\":\"3\",\"role\":\"user\"},{\"role\":\"model\",\"text\":\"4\"}],\"categories\":[\""
                + " A \",\"B\"],\"group\":\"g\",\"system\":\"Own.\",\"quality\":6.95,"
                + "\"parent\":\"observations:17\",\"model\":\"m\",\"createdAt\":\"1970-01-01T00:00:01Z\"}");
    PAssert.that(output.examples())
        .containsInAnyOrder(
            new Example(
                "generated:a",
                SourceName.GENERATED,
                "a.jsonl:1",
                null,
                null,
                Example.NO_TIME,
                new ExampleLine("Ours.", List.of(Turn.user("p"), Turn.model("r"))),
                List.of(),
                null),
            new Example(
                "generated:7",
                SourceName.GENERATED,
                "a.jsonl:2",
                "g",
                "observations:17",
                1_000_000,
                new ExampleLine(
                    "Own.",
                    List.of(Turn.user("1"), Turn.model("2"), Turn.user("3"), Turn.model("4"))),
                List.of("A", "B"),
                new Quality(70, 0, true)));
    PAssert.that(output.rejected()).empty();
    pipeline.run();
  }

  @Test
  void roundsQualitiesToTenths(TestPipeline pipeline) throws Exception {
    String[] lines =
        List.of("0", "0.0499", "0.05", "1e-999999999", "9.949", "9.95", "10", "1.0E1", "-0.0")
            .stream()
            .map(quality -> "{\"id\":\"" + quality + "\"," + PAIR + ",\"quality\":" + quality + "}")
            .toArray(String[]::new);
    PAssert.that(read(pipeline, lines).examples())
        .satisfies(
            examples -> {
              assertThat(examples)
                  .extracting(ReadGeneratedTest::idAndTenths)
                  .containsExactlyInAnyOrder(
                      "generated:0 0",
                      "generated:0.0499 0",
                      "generated:0.05 1",
                      "generated:1e-999999999 0",
                      "generated:9.949 99",
                      "generated:9.95 100",
                      "generated:10 100",
                      "generated:1.0E1 100",
                      "generated:-0.0 0");
              return null;
            });
    pipeline.run();
  }

  @Test
  void rejectsWhatTheSchemaRefuses(TestPipeline pipeline) throws Exception {
    String user = "{\"role\":\"user\",\"text\":\"u\"}";
    String model = "{\"role\":\"model\",\"text\":\"m\"}";
    SourceOutput output =
        read(
            pipeline,
            "{" + PAIR + "}",
            "{\"id\":\" \"," + PAIR + "}",
            "{\"id\":\"3\",\"prompt\":\"p\"}",
            "{\"id\":\"4\",\"prompt\":\" \",\"response\":\"r\"}",
            "{\"id\":\"5\",\"prompt\":1,\"response\":\"r\"}",
            "{\"id\":\"6\"," + PAIR + ",\"other\":1}",
            "{\"id\":\"7\"," + PAIR + ",\"turns\":[" + user + "," + model + "]}",
            "{\"id\":\"8\",\"turns\":null}",
            "{\"id\":\"9\",\"turns\":[]}",
            "{\"id\":\"10\",\"turns\":[" + user + "]}",
            "{\"id\":\"11\",\"turns\":[" + model + "," + user + "]}",
            "{\"id\":\"12\",\"turns\":[" + user + ",{\"role\":\"model\",\"text\":\" \"}]}",
            "{\"id\":\"13\",\"turns\":[" + user + ",{\"role\":\"model\",\"text\":\"a\",\"x\":1}]}",
            "{\"id\":\"14\",\"turns\":[" + user + ",\"m\"]}",
            "{\"id\":\"15\"," + PAIR + ",\"quality\":10.01}",
            "{\"id\":\"16\"," + PAIR + ",\"quality\":\"7\"}",
            "{\"id\":\"17\"," + PAIR + ",\"quality\":-1e-400}",
            "{\"id\":\"18\"," + PAIR + ",\"parent\":\"17\"}",
            "{\"id\":\"19\"," + PAIR + ",\"categories\":\"A\"}",
            "{\"id\":\"20\"," + PAIR + ",\"categories\":[\" \"]}",
            "{\"id\":\"21\"," + PAIR + ",\"group\":null}",
            "{\"id\":\"22\"," + PAIR + ",\"model\":7}",
            "{\"id\":\"23\"," + PAIR + ",\"createdAt\":\"now\"}",
            "{\"id\":\"24\",\"turns\":[{\"role\":\"user\",\"role\":\"user\",\"text\":\"u\"}]}",
            "{\"id\":\"25\",\"prompt\":\"\\udc00\",\"response\":\"r\"}");
    PAssert.that(output.examples()).empty();
    PAssert.that(output.rejected())
        .satisfies(
            rejected -> {
              assertThat(rejected)
                  .extracting(ReadGeneratedTest::lineAndReason)
                  .containsExactlyInAnyOrder(
                      "1 MISSING_FIELD id",
                      "2 MISSING_FIELD id",
                      "3 MISSING_FIELD response",
                      "4 MISSING_FIELD prompt",
                      "5 SCHEMA_VIOLATION prompt",
                      "6 SCHEMA_VIOLATION ",
                      "7 SCHEMA_VIOLATION turns",
                      "8 MISSING_FIELD turns",
                      "9 SCHEMA_VIOLATION turns",
                      "10 SCHEMA_VIOLATION turns",
                      "11 SCHEMA_VIOLATION turns[0].role",
                      "12 MISSING_FIELD turns[1].text",
                      "13 SCHEMA_VIOLATION turns[1]",
                      "14 MISSING_FIELD turns[1].text",
                      "15 SCHEMA_VIOLATION quality",
                      "16 SCHEMA_VIOLATION quality",
                      "17 SCHEMA_VIOLATION quality",
                      "18 SCHEMA_VIOLATION parent",
                      "19 SCHEMA_VIOLATION categories",
                      "20 SCHEMA_VIOLATION categories",
                      "21 SCHEMA_VIOLATION group",
                      "22 SCHEMA_VIOLATION model",
                      "23 SCHEMA_VIOLATION createdAt",
                      "24 MALFORMED_RECORD ",
                      "25 INVALID_ENCODING prompt");
              return null;
            });
    PAssert.that(output.refusals()).empty();
    pipeline.run();
  }

  private static String idAndTenths(Example example) {
    Quality quality = example.quality();
    return example.id() + " " + (quality == null ? "none" : quality.tenths());
  }

  private static String lineAndReason(RejectedRecord rejected) {
    String detail = rejected.detail();
    int field = detail.indexOf(" Field: ");
    return rejected.location().substring("a.jsonl:".length())
        + " "
        + rejected.reason()
        + " "
        + (field < 0 ? "" : detail.substring(field + 8).replaceFirst("[.]( .*)?$", ""));
  }

  private SourceOutput read(TestPipeline pipeline, String... lines) throws Exception {
    Files.writeString(folder.resolve("a.jsonl"), String.join("\n", lines));
    var config =
        new DatasetConfig(
            "test",
            Task.CONVERSATION,
            "Ours.",
            null,
            new SourcesConfig(null, null, new Generated(List.of("*.jsonl"))),
            new CurationRules(
                List.of(),
                new QualityRule(0, List.of()),
                new DuplicateRule(true, 0.8),
                new SplitRule(0.1, true, "1"),
                new Limits(0.5, 1 << 20, false, 200, null, null, null)),
            new DatasetConfig.OutputConfig("out", OutputFormat.GEMINI, FileMode.PRIVATE));
    var files = InputFiles.locate(List.of("*.jsonl"), Place.of(folder), ReadGenerated.fileTypes());
    return pipeline.apply("ReadGenerated", ReadGenerated.from(config, files));
  }
}
