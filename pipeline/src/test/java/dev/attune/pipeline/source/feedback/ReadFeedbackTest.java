package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.pipeline.accounting.ImprovementCounts;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.stage.SourceOutput;
import dev.attune.place.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class ReadFeedbackTest {
  @TempDir Path folder;

  @BeforeAll
  static void createTable() throws SQLException {
    TestPostgres.execute(
        "CREATE TABLE json_answers (id int, prompt jsonb, response json, rating int)",
        """
        INSERT INTO json_answers VALUES (1, '"ask"', '"say"', 5), (2, '{"content": "ask"}', '"say"', 5),
          (3, '[1]', '"say"', 5)
        """,
        """
        CREATE TABLE answers (
          id int, part numeric, user_id text, prompt text, response text, rating real, comment text,
          created_at timestamptz)
        """,
        """
        INSERT INTO answers VALUES
          (1, NULL, 'u', 'ask 1', 'say 1', 5, NULL, '2026-01-02T03:04:05+02'),
          (2, 7, NULL, 'ask 2', 'say 2', 4, 'nice', NULL),
          (3, 7, 'u', 'ask 3', 'say 3', 1, 'wrong', NULL),
          (4, 7, 'u', 'ask 4', 'say 4', 2, 'wrong', NULL),
          (5, 7, 'u', 'ask 5', 'say 5', 3, 'so so', NULL),
          (6, 'NaN', 'u', 'ask 6', 'say 6', 4.5, NULL, NULL),
          (7, 1e30, 'u', 'ask 7', 'say 7', NULL, NULL, NULL),
          (8, -1e30, 'u', NULL, 'say 8', 4, NULL, NULL),
          (9, NULL, 'u', 'ask 9', 'say 9', 1, ' ', NULL),
          (10, 7, 'u', 'ask 10', repeat('ü', 5000), 4, NULL, NULL),
          (11, 7, 'u', 'ask 11', 'say 11', 4, NULL, 'infinity')
        """);
  }

  @Test
  void routesEveryRow(TestPipeline pipeline) throws SourceException, IOException {
    improvements("a.jsonl", "{\"id\": 3, \"response\": \"better 3\", \"model\": \"m\"}", "");
    improvements("b.jsonl", "{\"id\": \"99\", \"response\": \"for no row\"}");

    SourceOutput read = read(pipeline, improved());

    PAssert.that(texts(read.examples()))
        .containsInAnyOrder(
            "feedback:1 u 1767315845000000 ask 1 > say 1",
            "feedback:2 null 9223372036854775807 ask 2 > say 2",
            "feedback:3 u 9223372036854775807 ask 3 > better 3");
    PAssert.that(reasons(read.rejected()))
        .containsInAnyOrder(
            "answers row 4 IMPROVEMENT_MISSING",
            "answers row 5 NEUTRAL_RATING",
            "answers row 6 INVALID_RATING",
            "answers row 7 INVALID_RATING",
            "answers row 8 MISSING_FIELD",
            "answers row 9 LOW_RATING_WITHOUT_COMMENT",
            "answers row 10 RECORD_TOO_LARGE",
            "answers row 11 SCHEMA_VIOLATION");
    PAssert.that(read.refusals()).empty();
    PAssert.that(read.tallies()).satisfies(ReadFeedbackTest::countsElevenRows);
    pipeline.run().waitUntilFinish();
  }

  private static Void countsElevenRows(Iterable<Tally> tallies) {
    Tally sum = Tally.none("feedback");
    for (Tally tally : tallies) {
      assertThat(tally.outcome()).isEqualTo("feedback");
      sum = sum.plus(tally);
    }
    Tally expected = Tally.none("feedback");
    for (int id = 1; id <= 11; id++) {
      expected = expected.plus("feedback:" + id);
    }
    assertThat(sum).isEqualTo(expected);
    return null;
  }

  @Test
  void missesImprovementsWhereNoneAreConfigured(TestPipeline pipeline) throws SourceException {
    SourceOutput read = read(pipeline, feedback());

    PAssert.that(reasons(read.rejected()))
        .containsInAnyOrder(
            "answers row 3 IMPROVEMENT_MISSING",
            "answers row 4 IMPROVEMENT_MISSING",
            "answers row 5 NEUTRAL_RATING",
            "answers row 6 INVALID_RATING",
            "answers row 7 INVALID_RATING",
            "answers row 8 MISSING_FIELD",
            "answers row 9 LOW_RATING_WITHOUT_COMMENT",
            "answers row 10 RECORD_TOO_LARGE",
            "answers row 11 SCHEMA_VIOLATION");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesMalformedImprovementsAndSecondOnes(TestPipeline pipeline)
      throws SourceException, IOException {
    improvements("a.jsonl", "{\"id\": 3, \"response\": \"better\"}", "", "{\"id\": 4}");
    improvements(
        "b.jsonl",
        "{\"id\": 77, \"response\": \"one\"}",
        "{\"id\": \"3\", \"response\": \"other\"}",
        "{\"id\": 4, \"response\": \"" + "x".repeat(TestConfigs.RECORD_BYTES) + "\"}",
        "{\"id\": 77, \"response\": \"two\"}");

    SourceOutput read = read(pipeline, improved());

    String form = "; an improvement is {\"id\": feedback id, \"response\": text}.";
    PAssert.that(read.refusals())
        .containsInAnyOrder(
            new Refusal("improvements/a.jsonl:3", "The line has no response" + form),
            new Refusal(
                "improvements/b.jsonl:3", "The line is longer than limits.recordBytes" + form),
            new Refusal(
                "improvements/b.jsonl:2",
                "The line is a second improvement for the feedback that"
                    + " improvements/a.jsonl:1 improves; remove one of them."),
            new Refusal(
                "improvements/b.jsonl:4",
                "The line is a second improvement for the feedback that"
                    + " improvements/b.jsonl:1 improves; remove one of them."));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void countsImprovementsOnceEach(TestPipeline pipeline) throws SourceException, IOException {
    String basis4 = basis("4", "ask 4", "say 4", "2");
    String other = "0".repeat(32);
    improvements(
        "a.jsonl",
        line("3", null, "any version"),
        line("3", other, "an old version"),
        line("4", other, "an old version"),
        line("99", null, "no row"),
        line("98", other, "no row"));
    improvements(
        "b.jsonl",
        line("4", basis4, "better 4"),
        line("4", null, "any version"),
        line("5", null, "a neutral row"),
        line("1", other, "a good row"),
        line("9", other, "no comment, old"));

    SourceOutput read = read(pipeline, improved());

    PAssert.that(read.improvements()).satisfies(ReadFeedbackTest::countsTenLines);
    PAssert.that(texts(read.examples()))
        .containsInAnyOrder(
            "feedback:1 u 1767315845000000 ask 1 > say 1",
            "feedback:2 null 9223372036854775807 ask 2 > say 2",
            "feedback:3 u 9223372036854775807 ask 3 > any version",
            "feedback:4 u 9223372036854775807 ask 4 > better 4");
    PAssert.that(read.refusals()).empty();
    PAssert.that(read.notes()).empty();
    pipeline.run().waitUntilFinish();
  }

  private static Void countsTenLines(Iterable<ImprovementCounts> counts) {
    ImprovementCounts sum = ImprovementCounts.NONE;
    for (ImprovementCounts more : counts) {
      sum = sum.plus(more);
    }
    assertThat(sum).isEqualTo(new ImprovementCounts(10, 2, 2, 5, 1));
    return null;
  }

  @Test
  void saysHowManyImprovementsAreOfAnotherVersion(TestPipeline pipeline)
      throws SourceException, IOException {
    improvements(
        "a.jsonl", line("4", "0".repeat(32), "first"), line("4", "1".repeat(32), "second"));

    SourceOutput read = read(pipeline, improved());

    PAssert.that(details(read.rejected()))
        .satisfies(
            details -> {
              assertThat(details)
                  .contains(
                      "answers row 4 The rating is 1 or 2 and no improvement is for this version of"
                          + " the row; improvements for other versions: 2.",
                      "answers row 3 The rating is 1 or 2 and no improvement has this id.");
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesTwoImprovementsOfOneVersion(TestPipeline pipeline)
      throws SourceException, IOException {
    improvements(
        "a.jsonl",
        line("4", "0".repeat(32), "first"),
        line("5", "0".repeat(32), "of another row"),
        line("4", "1".repeat(32), "of another version"));
    improvements("b.jsonl", line("4", "0".repeat(32), "second"), line("4", null, "any"));

    SourceOutput read = read(pipeline, improved());

    PAssert.that(read.refusals())
        .containsInAnyOrder(
            new Refusal(
                "improvements/b.jsonl:1",
                "The line is a second improvement with the same basis for the feedback that"
                    + " improvements/a.jsonl:1 improves; remove one of them."));
    pipeline.run().waitUntilFinish();
  }

  private static String basis(String id, String prompt, String response, String rating) {
    return new FeedbackRow(id, "u", prompt, response, rating, "wrong", null, 0).basis();
  }

  private static String line(String id, @Nullable String basis, String response) {
    return "{\"id\": \""
        + id
        + (basis == null ? "" : "\", \"basis\": \"" + basis)
        + "\", \"response\": \""
        + response
        + "\"}";
  }

  @Test
  void advisesAQueryWhereAColumnHoldsJsonObjects(TestPipeline pipeline) throws SourceException {
    FeedbackColumns columns =
        new FeedbackColumns("id", null, "prompt", "response", "rating", null, null);
    Feedback feedback =
        new Feedback(TestPostgres.reader(), "json_answers", null, columns, "id", null);
    SourceOutput read =
        pipeline.apply(
            "ReadFeedback", ReadFeedback.of(plan(feedback), TestConfigs.dataset(feedback)));

    PAssert.that(read.notes())
        .containsInAnyOrder(
            "The column prompt of json_answers has JSON objects or arrays, which are rejected"
                + " as SCHEMA_VIOLATION; select the text inside them in sources.feedback.query,"
                + " such as \"prompt\"->>'content' AS \"prompt\".");
    PAssert.that(reasons(read.rejected()))
        .containsInAnyOrder(
            "json_answers row 2 SCHEMA_VIOLATION", "json_answers row 3 SCHEMA_VIOLATION");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void refusesImprovementsThatAreNotThere() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> plan(TestConfigs.improvedBy("better.jsonl", feedback())))
        .withMessageStartingWith("No file matches better.jsonl");
  }

  @Test
  void carriesNoPasswordInItsGraph() throws SourceException, IOException {
    improvements("a.jsonl");
    Pipeline pipeline = Pipeline.create();
    read(pipeline, improved());
    List<String> found = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public void visitPrimitiveTransform(TransformHierarchy.Node node) {
            found.add(DisplayData.from(node.getTransform()).toString());
            if (node.getTransform() instanceof ParDo.MultiOutput<?, ?> parDo) {
              found.add(serialized(parDo.getFn()));
            }
          }
        });
    found.add(serialized(ReadFeedback.of(plan(improved()), TestConfigs.dataset(improved()))));

    assertThat(found).anyMatch(text -> text.contains(TestPostgres.VARIABLE));
    assertThat(found).noneMatch(text -> text.contains(TestPostgres.PASSWORD));
    assertThat(plan(feedback()).access().toString()).doesNotContain(TestPostgres.PASSWORD);
  }

  /** Not through Beam, which compresses. */
  private static String serialized(Object value) {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
      out.flush();
      return bytes.toString(StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException("Not serializable", e);
    }
  }

  private void improvements(String name, String... lines) throws IOException {
    Path file = Files.createDirectories(folder.resolve("improvements")).resolve(name);
    Files.write(file, List.of(lines));
  }

  private static Feedback feedback() {
    return TestConfigs.feedback(TestPostgres.reader(), "answers", "part");
  }

  private static Feedback improved() {
    return TestConfigs.improvedBy("improvements/*.jsonl", feedback());
  }

  private FeedbackPlan plan(Feedback feedback) throws SourceException {
    return FeedbackDatabase.of(feedback, Place.of(folder), TestPostgres.ENVIRONMENT).inspect();
  }

  private SourceOutput read(Pipeline pipeline, Feedback feedback) throws SourceException {
    return pipeline.apply(
        "ReadFeedback", ReadFeedback.of(plan(feedback), TestConfigs.dataset(feedback)));
  }

  private static PCollection<String> texts(PCollection<Example> examples) {
    return examples.apply(
        "TextOfExamples",
        MapElements.into(TypeDescriptors.strings())
            .via(
                example ->
                    example.id()
                        + " "
                        + example.group()
                        + " "
                        + example.createdAt()
                        + " "
                        + example.line().turns().get(0).text()
                        + " > "
                        + example.line().answer()));
  }

  private static PCollection<String> details(PCollection<RejectedRecord> rejected) {
    return rejected.apply(
        "DetailOfRejected",
        MapElements.into(TypeDescriptors.strings())
            .via(record -> record.location() + " " + record.detail()));
  }

  private static PCollection<String> reasons(PCollection<RejectedRecord> rejected) {
    return rejected.apply(
        "TextOfRejected",
        MapElements.into(TypeDescriptors.strings())
            .via(record -> record.location() + " " + record.reason().name()));
  }
}
