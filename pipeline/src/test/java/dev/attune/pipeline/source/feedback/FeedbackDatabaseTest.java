package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackDatabaseTest {
  private static final Path FOLDER = Path.of("/");

  @BeforeAll
  static void createTable() throws SQLException {
    TestPostgres.execute(
        """
        CREATE TABLE checked (
          id bigint PRIMARY KEY, user_id text, prompt text, response text, rating int, comment text,
          created_at timestamptz, photo bytea)
        """,
        "INSERT INTO checked VALUES (9, 'u', 'a', 'b', 4, NULL, '2026-01-02T03:04:05+02', NULL),"
            + " (10, 'u', 'a', 'b', 4, NULL, '2026-01-01T00:00:00Z', NULL)",
        "CREATE SCHEMA team",
        "CREATE TABLE team.\"Odd \"\"name\"\"\" AS SELECT *, now() AS \"updatedAt\" FROM checked",
        "CREATE TABLE empty_one AS SELECT * FROM checked WHERE 1 = 0");
  }

  @Test
  void learnsHowFarTheFeedbackHasCome() throws SourceException {
    FeedbackPlan plan = inspect(feedback("checked", "id"));

    assertThat(plan.watermark()).isEqualTo(new Watermark(2, "10", "2026-01-02T01:04:05Z"));
    assertThat(plan.place()).isEqualTo("checked");
    assertThat(plan.ranges()).containsExactly(RowRange.UNBOUNDED, RowRange.NULLS);
  }

  @Test
  void learnsThatThereIsNoFeedback() throws SourceException {
    assertThat(inspect(feedback("empty_one", "created_at")).watermark())
        .isEqualTo(new Watermark(0, null, null));
  }

  @Test
  void findsNamesInAnotherCaseAndInSchemas() throws SourceException {
    assertThat(inspect(feedback("PUBLIC.Checked", "ID")).watermark().rows()).isEqualTo(2);
    assertThat(inspect(feedback("team.Odd \"name\"", null)).watermark().greatestTime())
        .isGreaterThan("2026");
  }

  @Test
  void readsQueries() throws SourceException {
    Feedback query = query("SELECT *, NULL AS updated_at FROM checked -- all of them", "id");

    assertThat(inspect(query).watermark()).isEqualTo(new Watermark(2, "10", null));
    assertThat(inspect(query("SELECT * FROM checked;\n", null)).place()).isEqualTo("query");
  }

  @Test
  void comparesIdsThatAreNoNumbersAsTexts() throws SourceException {
    Feedback query =
        query(
            "SELECT '0b1e0f2a-0000-4000-8000-00000000000'::text || id % 10 AS text, checked.*"
                + " FROM checked",
            null);
    Feedback uuids =
        query(
            "SELECT (text)::uuid AS id, user_id, prompt, response, rating, comment, created_at FROM"
                + " ("
                + query.query()
                + ") AS q",
            null);

    assertThat(inspect(uuids).watermark().greatestId())
        .isEqualTo("0b1e0f2a-0000-4000-8000-000000000009");
  }

  @Test
  void namesATableThatIsNotThere() {
    assertThat(refusal(feedback("nothing_like_it", null)))
        .isEqualTo(
            "There is no table nothing_like_it in the database postgres at 127.0.0.1:"
                + TestPostgres.port()
                + "; check sources.feedback.table.");
    assertThat(refusal(feedback("chekced", null)))
        .endsWith("; is it public.checked? Check sources.feedback.table.");
    assertThat(refusal(feedback("odd \"NAME\"", null)))
        .endsWith("; is it team.\"Odd \"\"name\"\"\"? Check sources.feedback.table.");
    assertThat(refusal(feedback("checked\"; DROP TABLE checked; --", null)))
        .startsWith("There is no table checked\"; DROP");
    assertThat(refusal(feedback("nowhere.checked", null))).startsWith("There is no table nowhere.");
  }

  @Test
  void namesColumnsThatAreNotThereAndThoseThatAre() {
    FeedbackColumns columns =
        new FeedbackColumns("id", "usr", "prompt", "response", "rating", null, "made_at");
    Feedback feedback =
        new Feedback(TestPostgres.reader(), "checked", null, columns, "id; DROP", null);

    assertThat(refusal(feedback))
        .isEqualTo(
            "The table checked has no column usr (sources.feedback.columns.group), made_at"
                + " (sources.feedback.columns.createdAt), id; DROP"
                + " (sources.feedback.partitionColumn); it has id, user_id, prompt, response,"
                + " rating, comment, created_at, photo.");
  }

  @Test
  void namesColumnsOfAnotherType() {
    FeedbackColumns columns =
        new FeedbackColumns("id", null, "photo", "response", "rating", null, null);

    assertThat(refusal(feedback("checked", "comment")))
        .isEqualTo(
            "sources.feedback.partitionColumn must be a number or a timestamp, and comment of"
                + " checked is neither; choose another column or remove the key.");
    assertThat(refusal(new Feedback(TestPostgres.reader(), "checked", null, columns, null, null)))
        .isEqualTo(
            "The table checked has the column photo (sources.feedback.columns.prompt) of the type"
                + " bytea, which Attune cannot convert to text; select convert_from(\"photo\","
                + " 'UTF8') AS \"photo\" in sources.feedback.query, which replaces the table.");
  }

  @Test
  void namesAQueryThatTheDatabaseRefuses() {
    String server = "127.0.0.1:" + TestPostgres.port();

    assertThat(refusal(query("SELEKT 1", null)))
        .isEqualTo(
            "sources.feedback.query is refused by "
                + server
                + " at line 1, column 8: syntax error at or near \"1\" (SQLState 42601);"
                + " correct it.");
    assertThat(refusal(query("SELECT a.*, b.* FROM checked a, checked b", null)))
        .contains(
            "sources.feedback.query is refused by "
                + server
                + ": column reference \"id\" is ambiguous (SQLState 42702)");
    assertThat(refusal(query("SELECT 1 AS id", null)))
        .startsWith("sources.feedback.query has no column user_id");
    assertThat(refusal(query("DELETE FROM checked RETURNING *", null)))
        .startsWith("sources.feedback.query is refused by");
  }

  @Test
  void namesAUserWhoMayNotRead() {
    Connection stranger = connection(TestPostgres.url(), "stranger", TestPostgres.VARIABLE);

    assertThat(refusal(TestConfigs.feedback(stranger, "checked", null)))
        .startsWith("The user stranger may not read checked in the database postgres at")
        .endsWith("; grant SELECT on it, and USAGE on its schema.");
  }

  @Test
  void namesAWrongPasswordWithoutSayingIt() {
    Map<String, String> wrong = Map.of(TestPostgres.VARIABLE, "wr0ng-one");
    Feedback feedback = feedback("checked", null);

    assertThat(refusal(FeedbackDatabase.of(feedback, Place.of(FOLDER), wrong)))
        .isEqualTo(
            "127.0.0.1:"
                + TestPostgres.port()
                + " refuses the user reader or the password in FEEDBACK_DB_PASSWORD; check both.");
  }

  @Test
  void asksForAPasswordWhereTheDatabaseDoes() {
    Connection none = connection(TestPostgres.url(), "reader", null);

    assertThat(refusal(TestConfigs.feedback(none, "checked", null)))
        .endsWith(
            " requires a password; name its variable in sources.feedback.passwordEnv, or its secret"
                + " in passwordSecret.");
  }

  @Test
  void namesAVariableThatIsNotSet() {
    assertThat(refusal(FeedbackDatabase.of(feedback("checked", null), Place.of(FOLDER), Map.of())))
        .isEqualTo(
            "The environment variable FEEDBACK_DB_PASSWORD is not set;"
                + " sources.feedback.passwordEnv names it, so export the password in it.");
  }

  @Test
  void namesADatabaseThatIsNotThere() {
    Connection other =
        connection(
            TestPostgres.url().replace("/postgres", "/feedbak"), "reader", TestPostgres.VARIABLE);

    assertThat(refusal(TestConfigs.feedback(other, "checked", null)))
        .isEqualTo(
            "There is no database feedbak at 127.0.0.1:"
                + TestPostgres.port()
                + "; check sources.feedback.jdbcUrl.");
  }

  @Test
  void namesAHostThatIsNotThere() {
    Connection other = connection("jdbc:postgresql://no-such-host.invalid/x", "reader", null);

    assertThat(refusal(TestConfigs.feedback(other, "checked", null)))
        .isEqualTo(
            "There is no host named no-such-host.invalid:5432; check"
                + " sources.feedback.jdbcUrl.");
  }

  @Test
  void asksWhetherAStoppedServerIsRunning() throws IOException {
    EmbeddedPostgres stopped = TestPostgres.start();
    int port = stopped.getPort();
    stopped.close();
    Connection connection = connection(TestPostgres.url(port), "reader", TestPostgres.VARIABLE);

    assertThat(refusal(TestConfigs.feedback(connection, "checked", null)))
        .isEqualTo("127.0.0.1:" + port + " refuses connections; is it running?");
  }

  @Test
  void givesUpOnAServerThatNeverAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Connection connection =
          connection(TestPostgres.url(silent.getLocalPort()), "reader", TestPostgres.VARIABLE);
      FeedbackDatabase database =
          FeedbackDatabase.of(
                  TestConfigs.feedback(connection, "checked", null),
                  Place.of(FOLDER),
                  TestPostgres.ENVIRONMENT)
              .withConnectDeadline(Duration.ofSeconds(1));

      long start = System.nanoTime();
      assertThat(refusal(database))
          .isEqualTo(
              "Cannot connect to 127.0.0.1:"
                  + silent.getLocalPort()
                  + " within 1 s; is it running?");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(9));
    }
  }

  @Test
  void namesAUrlThatNoDriverTakes() {
    Connection other = connection("jdbc:mysql://me:pw@db.example/x", "reader", null);

    assertThat(refusal(TestConfigs.feedback(other, "checked", null)))
        .isEqualTo(
            "sources.feedback.jdbcUrl names a database for which Attune has no driver (jdbc:mysql);"
                + " it reads PostgreSQL (jdbc:postgresql:) and H2 (jdbc:h2:), so copy the rows into"
                + " one of them, or export them to a file for sources.observations or"
                + " sources.generated.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:postgresql://db:70000/x", "jdbc:postgresql://db:port/x"})
  void namesAUrlThatItsDriverDoesNotUnderstand(String url) {
    Connection other = connection(url, "reader", null);

    assertThat(refusal(TestConfigs.feedback(other, "checked", null)))
        .isEqualTo(
            "sources.feedback.jdbcUrl is not understood by the driver; write it as"
                + " jdbc:postgresql://HOST:PORT/DATABASE.");
  }

  @Test
  void namesAnOptionWhoseValueIsWrong() {
    Connection other =
        connection(TestPostgres.url() + "?sslmode=perhaps", "reader", TestPostgres.VARIABLE);

    assertThat(refusal(TestConfigs.feedback(other, "checked", null)))
        .isEqualTo(
            "The driver cannot connect to 127.0.0.1:"
                + TestPostgres.port()
                + " with the options in sources.feedback.jdbcUrl; correct or remove them.");
  }

  private static Connection connection(
      String url, @Nullable String username, @Nullable String passwordEnv) {
    return new Connection(url, username, passwordEnv, null);
  }

  private static Feedback feedback(String table, @Nullable String partition) {
    return TestConfigs.feedback(TestPostgres.reader(), table, partition);
  }

  private static Feedback query(String query, @Nullable String partition) {
    return new Feedback(TestPostgres.reader(), null, query, TestConfigs.COLUMNS, partition, null);
  }

  private static FeedbackPlan inspect(Feedback feedback) throws SourceException {
    return FeedbackDatabase.of(feedback, Place.of(FOLDER), TestPostgres.ENVIRONMENT).inspect();
  }

  private static String refusal(Feedback feedback) {
    return refusal(FeedbackDatabase.of(feedback, Place.of(FOLDER), TestPostgres.ENVIRONMENT));
  }

  private static String refusal(FeedbackDatabase database) {
    SourceException refusal = catchThrowableOfType(SourceException.class, database::inspect);
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(TestPostgres.PASSWORD, "wr0ng-one");
    }
    return String.valueOf(refusal.getMessage());
  }
}
