package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2FeedbackTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("H2_PASSWORD", "h2-s3cret");

  @TempDir Path folder;

  @BeforeEach
  void createDatabase() throws SQLException {
    try (java.sql.Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("db/x"), "sa", "h2-s3cret");
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          CREATE TABLE feedback (
            id varchar, user_id int, prompt clob, response varchar, rating decimal(3, 1),
            comment varchar, created_at timestamp, at timestamp with time zone, score double)
          """);
      statement.execute(
          "INSERT INTO feedback VALUES ('a', 1, 'ask', 'say', 4.0, NULL, '2026-01-01 00:00:00',"
              + " '2026-01-01T00:00:00Z', 1), ('b', 2, 'ask', 'say', 4.5, NULL, '2026-01-02"
              + " 03:04:05', NULL, 'NaN'), (NULL, 2, 'ask', 'say', 5, NULL, NULL,"
              + " '2026-06-01T00:00:00+02', NULL)");
    }
  }

  @Test
  void readsAFileNextToTheConfiguration() throws SourceException {
    FeedbackPlan plan = inspect("jdbc:h2:./db/x", "at");

    assertThat(plan.watermark()).isEqualTo(new Watermark(3, "b", "2026-01-02T03:04:05Z"));
  }

  @Test
  void readsEveryRowOnceByRangesOfEveryKind() throws SourceException, SQLException {
    assertThat(rows("at", "2026-03-01T00:00:00Z")).containsExactlyInAnyOrder("a", "b", "null");
    assertThat(rows("created_at", "2026-01-02T00:00:00Z"))
        .containsExactlyInAnyOrder("a", "b", "null");
    assertThat(rows("score", "0.5")).containsExactlyInAnyOrder("a", "b", "null");
    assertThat(rows("rating", "4.25")).containsExactlyInAnyOrder("a", "b", "null");
    assertThat(rows("user_id", "2")).containsExactlyInAnyOrder("a", "b", "null");
  }

  private List<String> rows(String partition, String bound) throws SourceException, SQLException {
    FeedbackPlan plan = inspect("jdbc:h2:file:./db/x", partition);
    List<String> ids = new ArrayList<>();
    try (java.sql.Connection connection = plan.access().open()) {
      for (RowRange range :
          List.of(
              new RowRange(false, null, bound), new RowRange(false, bound, null), RowRange.NULLS)) {
        plan.query().read(connection, range, row -> ids.add(String.valueOf(row.id())));
      }
    }
    return ids;
  }

  @Test
  void createsNoDatabase() throws IOException {
    assertThat(refusal("jdbc:h2:./db/y;IFEXISTS=FALSE"))
        .isEqualTo(
            "There is no database " + folder.resolve("db/y") + "; check sources.feedback.jdbcUrl.");
    assertThat(refusal("jdbc:h2:mem:none"))
        .isEqualTo("There is no database mem:none; check sources.feedback.jdbcUrl.");
    try (var files = Files.list(folder.resolve("db"))) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("y"));
    }
  }

  @Test
  void namesAnOptionThatH2DoesNotHave() {
    assertThat(refusal("jdbc:h2:./db/x;FLUSH_TWICE=TRUE"))
        .isEqualTo(
            "sources.feedback.jdbcUrl has an option that H2 does not have; correct it or remove"
                + " it.");
  }

  @Test
  void namesAFileThatAnotherProcessHasOpen() throws IOException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                "jdbc:h2:" + folder.resolve("db/x"),
                "h2-s3cret")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("open");
      assertThat(refusal("jdbc:h2:./db/x"))
          .isEqualTo(
              "Another process has the database "
                  + folder.resolve("db/x")
                  + " open; stop it, or use a database server.");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void namesAWrongPassword() {
    Connection connection = new Connection("jdbc:h2:./db/x", "sa", "H2_PASSWORD", null);
    FeedbackDatabase database =
        FeedbackDatabase.of(
            TestConfigs.feedback(connection, "feedback", null),
            Place.of(folder),
            Map.of("H2_PASSWORD", "wr0ng"));

    SourceException refusal = catchThrowableOfType(SourceException.class, database::inspect);
    assertThat(refusal)
        .hasMessage(
            folder.resolve("db/x")
                + " refuses the user sa or the password in H2_PASSWORD; check both.");
  }

  private FeedbackPlan inspect(String url, String partition) throws SourceException {
    Connection connection = new Connection(url, "sa", "H2_PASSWORD", null);
    Feedback feedback = TestConfigs.feedback(connection, "feedback", partition);
    return FeedbackDatabase.of(feedback, Place.of(folder), ENVIRONMENT).inspect();
  }

  private String refusal(String url) {
    SourceException refusal =
        catchThrowableOfType(SourceException.class, () -> inspect(url, "score"));
    return String.valueOf(refusal.getMessage());
  }

  /** Another process that has a database open until it is stopped. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws SQLException, IOException {
      try (var held = DriverManager.getConnection(args[0], "sa", args[1])) {
        System.out.println(held.isClosed() ? "closed" : "open");
        System.in.read();
      }
    }
  }
}
