package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.ImproveRequest;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.selection.SelectedRows;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.stage.RowVersion;
import dev.attune.pipeline.stage.UnimprovedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows that attune improve asks for. */
class FindUnimprovedTest {
  @TempDir Path folder;

  @BeforeEach
  void writeTable() throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db"), "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE answers (id VARCHAR, prompt VARCHAR, response VARCHAR, rating INT, comment"
              + " VARCHAR)");
      statement.execute(
          """
          INSERT INTO answers VALUES
          ('low', 'How?', 'So.', 1, 'Write to ann@post.example, or not'),
          ('low-2', 'Why?', 'Because of 192.0.2.7.', 2, 'Say more'),
          ('good', 'When?', 'Now.', 5, 'Fine'),
          ('neutral', 'When?', 'Now.', 3, 'Hm'),
          ('silent', 'When?', 'Now.', 1, ' '),
          ('empty', ' ', 'Now.', 1, 'What?'),
          ('wrong', 'When?', 'Now.', 7, 'What?'),
          ('improved', 'Who?', 'She.', 1, 'Who is she?'),
          ('changed', 'Who?', 'He.', 1, 'Who is he?'),
          ('twice', 'Who?', 'They.', 1, 'Who are they?'),
          ('twice', 'Who?', 'They.', 1, 'Who are they?')
          """);
    }
    Prepare.write(
        folder.resolve("attune.yaml"),
        """
        dataset: answers
        task: conversation
        sources:
          feedback:
            jdbcUrl: jdbc:h2:./db
            username: sa
            table: answers
            columns: {id: id, prompt: prompt, response: response, rating: rating, comment: comment}
            improvements: improvements/*.jsonl
        models: {writer: {provider: openai, baseUrl: "http://127.0.0.1:1/v1", model: m}}
        improvement: {model: writer}
        split: {validation: 0}
        output: {directory: out}
        """);
    Files.createDirectory(folder.resolve("improvements"));
  }

  @ParameterizedTest
  @EnumSource(
      value = PrepareRunner.class,
      names = {"LOCAL", "DIRECT"})
  void areLowRatedWithCommentAndRedacted(PrepareRunner runner) throws Exception {
    improvement("improved", basis("improved", "She.", "Who is she?"));
    improvement("changed", "0".repeat(32));

    SelectedRows selected = find(10, runner);

    assertThat(selected.found()).isEqualTo(4);
    assertThat(selected.rows())
        .isSortedAccordingTo(Comparator.comparing(UnimprovedRow::basis))
        .extracting(row -> row.id() + ": " + row.prompt() + row.answer() + row.comment())
        .containsExactlyInAnyOrder(
            "low: How?So.Write to [EMAIL], or not",
            "low-2: Why?Because of [IP].Say more",
            "changed: Who?He.Who is he?",
            "twice: Who?They.Who are they?");
    assertThat(selected.rows())
        .filteredOn(row -> row.id().equals("changed"))
        .extracting(UnimprovedRow::basis)
        .containsExactly(basis("changed", "He.", "Who is he?"));
  }

  @Test
  void areTheFirstByHashWithALimit() throws Exception {
    List<UnimprovedRow> all = find(10, PrepareRunner.LOCAL).rows();

    SelectedRows two = find(2, PrepareRunner.LOCAL);

    assertThat(two.rows()).isEqualTo(all.subList(0, 2));
    assertThat(two.found()).isEqualTo(all.size()).isEqualTo(5);
    RowVersion first = new RowVersion(all.get(0).id(), all.get(0).basis());
    RowVersion before = new RowVersion(all.get(1).id(), "0".repeat(32));
    assertThat(find(2, PrepareRunner.LOCAL, List.of(first, before)).rows())
        .isEqualTo(all.subList(1, 3));
  }

  @Test
  void areNotSelectedWhereALineIsNoImprovement() throws IOException {
    Files.writeString(folder.resolve("improvements/bad.jsonl"), "{\"id\": \"low\"}\n");

    assertThat(
            catchThrowableOfType(
                PrepareRefusedException.class, () -> find(10, PrepareRunner.LOCAL)))
        .hasMessage(
            "improvements/bad.jsonl:1: The line has no response; an improvement is {\"id\":"
                + " feedback id, \"response\": text}.");
  }

  @Test
  void prepareReadsNoRejectedAnswersAndNeedsNoFileYet() throws Exception {
    Files.writeString(
        folder.resolve("improvements/a.rejected.jsonl"), "{\"id\": \"low\", \"reason\": \"X\"}\n");

    PrepareResult none = Prepare.run(folder.resolve("attune.yaml"), "none");
    improvement("low", basis("low", "So.", "Write to ann@post.example, or not"));
    PrepareResult one = Prepare.run(folder.resolve("attune.yaml"), "one");

    assertThat(training(none)).isEqualTo(1);
    assertThat(training(one)).isEqualTo(2);
  }

  private static int training(PrepareResult result) throws IOException {
    return Prepare.json(result.directory().local().resolve("manifest.json"))
        .at("/counts/training")
        .asInt();
  }

  private void improvement(String id, String basis) throws IOException {
    Files.writeString(
        folder.resolve("improvements/" + id + ".jsonl"),
        """
        {"id": "%s", "response": "Better.", "model": "m", "basis": "%s", "judge": {"better": [1]}}
        """
            .formatted(id, basis));
  }

  private static String basis(String id, String answer, String comment) {
    String prompt = id.equals("low") ? "How?" : "Who?";
    return new FeedbackRow(id, null, prompt, answer, "1", comment, null, 0).basis();
  }

  private SelectedRows find(int limit, PrepareRunner runner) throws Exception {
    return find(limit, runner, List.of());
  }

  private SelectedRows find(int limit, PrepareRunner runner, List<RowVersion> leftOut)
      throws Exception {
    return FindUnimproved.run(
        new ImproveRequest(
            ConfigLoader.load(folder.resolve("attune.yaml")), Map.of(), limit, leftOut, runner),
        PrepareProgress.NONE);
  }
}
