package dev.attune.pipeline.source.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.CurationRules;
import dev.attune.config.CurationRules.DuplicateRule;
import dev.attune.config.CurationRules.Limits;
import dev.attune.config.CurationRules.QualityRule;
import dev.attune.config.CurationRules.SplitRule;
import dev.attune.config.DatasetConfig;
import dev.attune.config.OutputFormat;
import dev.attune.config.SourcesConfig;
import dev.attune.config.SourcesConfig.ObservationColumns;
import dev.attune.config.SourcesConfig.Observations;
import dev.attune.config.Task;
import dev.attune.filesystem.FileMode;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.example.SourceName;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.file.find.InputFiles;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Role;
import dev.attune.schema.Turn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Observations through the real transform: what becomes an example, and what becomes of the rest.
 */
@ExtendWith(TestPipelineExtension.class)
class ReadObservationsTest {
  private static final long MARCH_FIRST_10_00 = 1_709_287_200_000_000L;

  @TempDir Path folder;

  @Test
  void readsEveryTypeOfFile(TestPipeline pipeline) throws Exception {
    write(
        "a.csv",
        """
        id,child,note,domains,photo,at
        1,c,Sings.," A | |B",gs://b/1|gs://b/2,2024-03-01T10:00
        """);
    write(
        "b.jsonl",
        "{\"id\":2,\"child\":7,\"note\":\"Runs.\",\"domains\":[\"A\",\" \",\"B"
            + " \"],\"photo\":null,\"at\":\"\"}\n");
    write(
        "c.json",
        "[{\"id\":\"3\",\"note\":\"Jumps.\",\"domains\":\"A|B\",\"photo\":[\"gs://b/3\"]}]");
    SourceOutput output = read(pipeline, columns("id"), files("*"));
    PAssert.that(output.examples())
        .containsInAnyOrder(
            example(
                "1",
                "a.csv:2",
                "c",
                MARCH_FIRST_10_00,
                new Turn(Role.USER, "Sings.", List.of("gs://b/1", "gs://b/2"))),
            example("2", "b.jsonl:1", "7", Example.NO_TIME, Turn.user("Runs.")),
            example(
                "3",
                "c.json:1#1",
                null,
                Example.NO_TIME,
                new Turn(Role.USER, "Jumps.", List.of("gs://b/3"))));
    PAssert.that(output.rejected()).empty();
    PAssert.that(output.refusals()).empty();
    PAssert.that(output.tallies()).satisfies(tallies -> sumTo(tallies, "1", "2", "3"));
    pipeline.run();
  }

  @Test
  void rejectsWhatIsWrongAndReadsTheRest(TestPipeline pipeline) throws Exception {
    write(
        "a.jsonl",
        """
        {"id":"1","note":"a","domains":["A"]}
        {"id":"2","note":"b"}
        {"id":"3","note":"c","domains":" | "}
        {"id":"4","note":"d","domains":[]}
        {"id":"5","note":"e","domains":[1]}
        {"id":"6","note":"f","domains":"A","at":"yesterday"}
        {"id":"7","note":"g","domains":"A","at":20240301}
        {"id":"8","note":"h","domains":"A","photo":{}}
        {"id":"9","note":["i"],"domains":"A"}
        {"id":"10","note":5,"at":"yesterday"}
        {"id":"11","note":"k","domains":"A","child":true}
        """);
    SourceOutput output = read(pipeline, columns("id"), files("*"));
    PAssert.that(output.rejected())
        .satisfies(
            rejected ->
                is(
                    rejected,
                    "observations:2 a.jsonl:2 A required field is absent, null or blank. Field:"
                        + " domains.",
                    "observations:3 a.jsonl:3 A required field is absent, null or blank. Field:"
                        + " domains.",
                    "observations:4 a.jsonl:4 A required field is absent, null or blank. Field:"
                        + " domains.",
                    "observations:5 a.jsonl:5 A field has another type or shape than the schema's."
                        + " Field: domains. Expected a list of texts, found a number.",
                    "observations:6 a.jsonl:6 A field has another type or shape than the schema's."
                        + " Field: at. Expected an ISO-8601 time such as"
                        + " 2024-03-01T10:00:30+01:00.",
                    "observations:7 a.jsonl:7 A field has another type or shape than the schema's."
                        + " Field: at. Expected an ISO-8601 time such as"
                        + " 2024-03-01T10:00:30+01:00, found a number.",
                    "observations:8 a.jsonl:8 A field has another type or shape than the schema's."
                        + " Field: photo. Expected text or a list of texts, found an object.",
                    "observations:9 a.jsonl:9 A field has another type or shape than the schema's."
                        + " Field: note. Expected text, found a list.",
                    "observations:10 a.jsonl:10 A required field is absent, null or blank. Field:"
                        + " domains.",
                    "observations:11 a.jsonl:11 A field has another type or shape than the"
                        + " schema's. Field: child. Expected text, found true or false."));
    PAssert.that(output.tallies())
        .satisfies(
            tallies -> sumTo(tallies, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"));
    PAssert.that(output.refusals()).empty();
    pipeline.run();
  }

  @Test
  void refusesAFileAndReadsTheOthers(TestPipeline pipeline) throws Exception {
    write("a.jsonl", "{\"note\":\"a\",\"domains\":\"A\"}\n");
    write("b.csv", "note\nb\n");
    var gz = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(gz)) {
      out.write("{}\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(folder.resolve("c.jsonl.gz"), Arrays.copyOf(gz.toByteArray(), 15));
    SourceOutput output =
        read(
            pipeline,
            new ObservationColumns(null, null, "note", "domains", null, null),
            files("*"));
    PAssert.that(output.refusals())
        .satisfies(
            refusals -> {
              assertThat(refusals)
                  .extracting(Refusal::place)
                  .containsExactlyInAnyOrder("b.csv", "c.jsonl.gz");
              return null;
            });
    PAssert.that(output.examples())
        .satisfies(
            examples -> {
              assertThat(examples).extracting(Example::location).containsExactly("a.jsonl:1");
              assertThat(examples).allMatch(e -> e.id().matches("observations:[0-9a-f]{32}"));
              return null;
            });
    pipeline.run();
  }

  @Test
  void spreadsTheExamplesOfALargeFile(TestPipeline pipeline) throws Exception {
    write("a.csv", "id,note,domains\n1,a,A\n2,b,B\n");
    InputFile small = files("*").get(0);
    long large = 1L << 30;
    var file =
        new InputFile(
            small.name(),
            small.path(),
            large,
            Objects.requireNonNull(small.sha256()),
            small.ranges());
    var columns = new ObservationColumns("id", null, "note", "domains", null, null);
    SourceOutput output = read(pipeline, columns, List.of(file));
    assertThat(output.examples().getName()).contains("SpreadExamples");
    PAssert.that(output.examples())
        .satisfies(
            examples -> {
              assertThat(examples)
                  .extracting(Example::id)
                  .containsExactlyInAnyOrder("observations:1", "observations:2");
              return null;
            });
    pipeline.run();
  }

  @Test
  void readsNothingOfNoFiles(TestPipeline pipeline) {
    SourceOutput output = read(pipeline, columns("id"), List.of());
    PAssert.that(output.examples()).empty();
    PAssert.that(output.rejected()).empty();
    pipeline.run();
  }

  private static Example example(
      String id, String location, @Nullable String group, long time, Turn turn) {
    return new Example(
        "observations:" + id,
        SourceName.OBSERVATIONS,
        location,
        group,
        null,
        time,
        new ExampleLine("Name them.", List.of(turn, Turn.model(""))),
        List.of("A", "B"),
        null);
  }

  private static @Nullable Void is(Iterable<RejectedRecord> rejected, String... expected) {
    assertThat(rejected)
        .extracting(r -> r.id() + " " + r.location() + " " + r.detail())
        .containsExactlyInAnyOrder(expected);
    assertThat(rejected).allMatch(r -> r.contentHash().matches("[0-9a-f]{32}"));
    return null;
  }

  private static @Nullable Void sumTo(Iterable<Tally> tallies, String... ids) {
    Tally expected = Tally.none("observations");
    for (String id : ids) {
      expected = expected.plus("observations:" + id);
    }
    Tally sum = Tally.none("observations");
    for (Tally tally : tallies) {
      assertThat(tally.outcome()).isEqualTo("observations");
      sum = sum.plus(tally);
    }
    assertThat(sum).isEqualTo(expected);
    return null;
  }

  private static SourceOutput read(
      TestPipeline pipeline, ObservationColumns columns, List<InputFile> files) {
    var observations = new Observations(List.of("*"), columns, ',', "|");
    var config =
        new DatasetConfig(
            "test",
            Task.CLASSIFICATION,
            "Name them.",
            "taxonomy.json",
            new SourcesConfig(null, observations, null),
            new CurationRules(
                List.of(),
                new QualityRule(0, List.of()),
                new DuplicateRule(true, 0.8),
                new SplitRule(0.1, true, "1"),
                new Limits(0.5, 2 << 20, false, 200, null, null, null)),
            new DatasetConfig.OutputConfig("out", OutputFormat.GEMINI, FileMode.PRIVATE));
    return pipeline.apply("ReadObservations", ReadObservations.from(config, files));
  }

  private static ObservationColumns columns(String id) {
    return new ObservationColumns(id, "child", "note", "domains", "photo", "at");
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private List<InputFile> files(String pattern) throws SourceException {
    return InputFiles.locate(List.of(pattern), Place.of(folder), ReadObservations.fileTypes());
  }
}
