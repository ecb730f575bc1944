package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Improvements from the files to the manifest, the report and the summary. */
class ImprovementsTest {
  private static final int ROWS = 200;
  private static final String OLD = "0".repeat(32);

  @TempDir Path folder;

  @BeforeEach
  void writeSources() throws SQLException, IOException {
    String url = "jdbc:h2:file:" + folder.resolve("db");
    try (Connection connection = DriverManager.getConnection(url, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE answers AS SELECT x AS id, 'Question ' || x AS prompt, 'Answer ' || x AS"
              + " response, MOD(x, 2) * 4 + 1 AS rating, 'Not so.' AS comment FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");
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
            partitionColumn: id
            improvements: improvements-*.jsonl
        split: {validation: 0}
        duplicates: {near: false}
        output: {directory: out}
        """);
  }

  /** Each runner reads another order. */
  @ParameterizedTest
  @EnumSource(
      value = PrepareRunner.class,
      names = {"LOCAL", "DIRECT", "FLINK"})
  void areCountedOnceEachWhateverTheirOrder(PrepareRunner runner) throws Exception {
    List<String> lines = lines();
    Collections.shuffle(lines, new Random(runner.ordinal()));
    Files.write(folder.resolve("improvements-a.jsonl"), lines.subList(0, 90));
    Files.write(folder.resolve("improvements-b.jsonl"), lines.subList(90, lines.size()));
    PrepareResult result = Prepare.run(folder.resolve("attune.yaml"), "one", runner);
    String note =
        "Improvements: 50 of 240 used; not used: 60 matched no row, 80 written for another"
            + " version of its row, 50 of a row that needs no improvement.";
    assertThat(result.summary().notes()).contains(note);
    assertThat(Files.readString(result.directory().local().resolve("report.html"))).contains(note);
    assertThat(
            Prepare.json(result.directory().local().resolve("manifest.json"))
                .path("improvements")
                .toString())
        .isEqualTo("{\"read\":240,\"used\":50,\"withoutRow\":60,\"outdated\":80,\"notNeeded\":50}");
  }

  /**
   * 50 used and 50 of the same rows outdated, 30 more outdated, 60 without a row, 50 not needed.
   */
  private static List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int low = 2; low <= 100; low += 2) {
      boolean anyVersion = low % 4 == 0;
      lines.add(line(low, anyVersion ? null : basis(low), "Better " + low));
      lines.add(line(low, OLD, "Old " + low));
    }
    for (int low = 102; low <= 160; low += 2) {
      lines.add(line(low, OLD, "Old " + low));
    }
    for (int none = 1; none <= 60; none++) {
      lines.add(line(ROWS + none, none % 2 == 0 ? OLD : null, "For nobody"));
    }
    for (int good = 1; good <= 100; good += 2) {
      lines.add(line(good, null, "For a good row"));
    }
    return lines;
  }

  private static String basis(int id) {
    return new FeedbackRow(
            String.valueOf(id), null, "Question " + id, "Answer " + id, "1", "Not so.", null, 0)
        .basis();
  }

  private static String line(int id, @Nullable String basis, String response) {
    return "{\"id\": "
        + id
        + ", \"response\": \""
        + response
        + (basis == null ? "" : "\", \"basis\": \"" + basis)
        + "\"}";
  }

  @Test
  void areCountedAsNoneWhereTheFileIsEmpty() throws Exception {
    Files.createFile(folder.resolve("improvements-a.jsonl"));

    PrepareResult result = Prepare.run(folder.resolve("attune.yaml"), "one");

    assertThat(
            Prepare.json(result.directory().local().resolve("manifest.json"))
                .path("improvements")
                .toString())
        .isEqualTo("{\"read\":0,\"used\":0,\"withoutRow\":0,\"outdated\":0,\"notNeeded\":0}");
    assertThat(result.summary().notes()).noneMatch(note -> note.contains("improvement"));
  }

  @Test
  void areCountedOverAllRowsInATryOfAFew() throws Exception {
    Files.write(folder.resolve("improvements-a.jsonl"), lines());

    PrepareResult result =
        PrepareDataset.run(
            new PrepareRequest(
                ConfigLoader.load(folder.resolve("attune.yaml")),
                "try",
                20L,
                Map.of(),
                PrepareRunner.LOCAL,
                List.of(),
                null),
            PrepareProgress.NONE);

    assertThat(
            Prepare.json(result.directory().local().resolve("manifest.json"))
                .at("/improvements/withoutRow")
                .asInt())
        .isEqualTo(60);
  }

  @Test
  void refuseTheRunWhereTwoAreOfOneVersion() throws IOException {
    Files.write(
        folder.resolve("improvements-a.jsonl"),
        List.of(line(2, OLD, "One"), "", line(2, OLD, "Two")));

    PrepareRefusedException refusal =
        catchThrowableOfType(
            PrepareRefusedException.class, () -> Prepare.run(folder.resolve("attune.yaml"), "one"));
    assertThat(refusal)
        .hasMessage(
            "improvements-a.jsonl:3: The line is a second improvement with the same basis for the"
                + " feedback that improvements-a.jsonl:1 improves; remove one of them.");
  }
}
