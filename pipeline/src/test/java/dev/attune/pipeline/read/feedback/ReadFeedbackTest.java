package dev.attune.pipeline.read.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.accounting.Tally;
import dev.attune.pipeline.coder.Coders;
import dev.attune.pipeline.example.Example;
import dev.attune.pipeline.read.ReadOutput;
import dev.attune.pipeline.read.SourceException;
import dev.attune.pipeline.rejection.Refusal;
import dev.attune.pipeline.rejection.RejectedRecord;
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

    ReadOutput read = read(pipeline, improved());

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
    ReadOutput read = read(pipeline, feedback());

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

    ReadOutput read = read(pipeline, improved());

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
    return FeedbackDatabase.of(feedback, folder, TestPostgres.ENVIRONMENT).inspect();
  }

  private ReadOutput read(Pipeline pipeline, Feedback feedback) throws SourceException {
    Coders.register(pipeline);
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

  private static PCollection<String> reasons(PCollection<RejectedRecord> rejected) {
    return rejected.apply(
        "TextOfRejected",
        MapElements.into(TypeDescriptors.strings())
            .via(record -> record.location() + " " + record.reason().name()));
  }
}
