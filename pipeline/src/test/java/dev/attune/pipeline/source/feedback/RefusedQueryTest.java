package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentence about a refused query has its place and message, and never a value. */
class RefusedQueryTest {
  private static final String SECRET = "ann@example.org";
  private static final String ALL = "id, user_id, prompt, response, rating, comment, created_at";

  @TempDir static Path folder;

  @BeforeAll
  static void createTables() throws SQLException {
    String table =
        "(id int, user_id varchar(99), prompt varchar(99), response varchar(99), rating int,"
            + " comment varchar(99), created_at timestamp)";
    String row = " VALUES (1, 'u', '" + SECRET + "', 'say', 5, NULL, NULL)";
    TestPostgres.execute(
        "CREATE TABLE refusing " + table,
        "INSERT INTO refusing" + row,
        "CREATE FUNCTION telling(what text) RETURNS text AS $$ BEGIN RAISE EXCEPTION 'no: %', what"
            + " USING ERRCODE = '42601'; END $$ LANGUAGE plpgsql IMMUTABLE",
        "CREATE ROLE hasty LOGIN PASSWORD '" + TestPostgres.PASSWORD + "'",
        "GRANT SELECT ON refusing TO hasty",
        "ALTER ROLE hasty SET statement_timeout = '200ms'",
        "CREATE FUNCTION writing() RETURNS int AS $$ BEGIN DELETE FROM refusing; RETURN 1; END $$"
            + " LANGUAGE plpgsql");
    try (java.sql.Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("x"), "sa", "");
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE refusing " + table);
      statement.execute("INSERT INTO refusing" + row);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT nope FROM refusing | at line 1, column 8: column \"nope\" does not exist (SQLState"
            + " 42703); correct it.",
        "SELECT promt FROM refusing | at line 1, column 8: column \"promt\" does not exist (Perhaps"
            + " you meant to reference the column \"refusing.prompt\") (SQLState 42703); correct"
            + " it.",
        "'SELECT *\nFROM refusing\n  WHRE id = 1' | at line 3, column 8: syntax error at or near"
            + " \"id\" (SQLState 42601); correct it.",
        "SELECT * FROM refusing WHERE | at its end: syntax error at or near \")\" (SQLState 42601);"
            + " correct it.",
        "SELECT '🛠ä', nope FROM refusing | at line 1, column 14: column \"nope\" does not exist"
            + " (SQLState 42703); correct it.",
        "SELECT * FROM reffusing | at line 1, column 15: relation \"reffusing\" does not exist"
            + " (SQLState 42P01); correct it.",
        "SELECT lowr('a') | at line 1, column 8: function lowr(unknown) does not exist (No function"
            + " matches the given name and argument types. You might need to add explicit type"
            + " casts) (SQLState 42883); correct it.",
      })
  void tellsWhatPostgresSaysAndWhere(String query, String end) {
    assertThat(refusal(postgres(query)))
        .isEqualTo(
            "sources.feedback.query is refused by 127.0.0.1:" + TestPostgres.port() + " " + end);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT nope FROM refusing | : Column \"NOPE\" not found (SQLState 42S22); correct it.",
        "'SELECT *\nFROM refusing\n  WHRE id = 1' | ' at line 3, column 8: syntax error near id ="
            + " 1 (SQLState 42001); correct it.'",
        "'SELECT \"ID\", ''\\ \"'' AS x,, FROM refusing' | ' at line 1, column 25: syntax error"
            + " near , FROM refusing (SQLState 42001); correct it.'",
        "SELECT * FROM refusing WHERE | ' at its end: syntax error (SQLState 42001); correct it.'",
        "SELECT * FROM reffusing | : Table \"REFFUSING\" not found (SQLState 42S02); correct it.",
        "SELECT lowr('a') | : Function \"LOWR\" not found (SQLState 90022); correct it.",
      })
  void tellsWhatH2SaysAndWhere(String query, String end) {
    assertThat(refusal(h2(query)))
        .isEqualTo("sources.feedback.query is refused by " + folder.resolve("x") + end);
  }

  @Test
  void namesATableThatMayNotBeRead() {
    Connection stranger =
        new Connection(TestPostgres.url(), "stranger", TestPostgres.VARIABLE, null);
    Feedback feedback =
        new Feedback(stranger, null, "SELECT * FROM refusing", TestConfigs.COLUMNS, null, null);

    assertThat(refusal(feedback))
        .isEqualTo(
            "The user stranger may not read all that sources.feedback.query names in the database"
                + " postgres at 127.0.0.1:"
                + TestPostgres.port()
                + " (permission denied for table refusing); grant SELECT on it, and USAGE on its"
                + " schema.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompt::int | The database cannot read |: a text is not of the type that it is cast to"
            + " (SQLState 22P02); correct the row, or the expression in sources.feedback.query.",
        "prompt::date | The database cannot read |: a text is not a time (SQLState 22007); correct"
            + " the row, or the expression in sources.feedback.query.",
        "(1 / (rating - 5)) | The database cannot read |: a number is divided by zero (SQLState"
            + " 22012); correct the row, or the expression in sources.feedback.query.",
        "telling(prompt) | The database refuses to read | (SQLState 42601); see its log.",
        "writing() | |  writes, and Attune only reads; configure a SELECT that changes nothing.",
      })
  void neverQuotesAValueThatEndsTheReading(String expression, String beginning, String end) {
    String query = "SELECT " + ALL.replace("prompt", expression + " AS prompt") + " FROM refusing";
    String where = "in the database postgres at 127.0.0.1:" + TestPostgres.port();

    assertThat(refusal(postgres(query)))
        .startsWith(beginning == null ? "query in" : beginning)
        .contains(where)
        .endsWith(end)
        .doesNotContain(SECRET);
  }

  @Test
  void doesNotTellWhatAFunctionSays() {
    assertThat(refusal(postgres("SELECT telling('" + SECRET + "') AS id")))
        .isEqualTo(
            "sources.feedback.query is refused by 127.0.0.1:"
                + TestPostgres.port()
                + " (SQLState 42601); correct it.");
  }

  @Test
  void namesATimeOut() {
    Connection hasty = new Connection(TestPostgres.url(), "hasty", TestPostgres.VARIABLE, null);
    String query =
        "SELECT "
            + ALL.replace("prompt", "pg_sleep(9)::text || prompt AS prompt")
            + " FROM refusing";

    assertThat(refusal(new Feedback(hasty, null, query, TestConfigs.COLUMNS, null, null)))
        .isEqualTo(
            "The database cancelled the reading of query in the database postgres at 127.0.0.1:"
                + TestPostgres.port()
                + "; raise its statement_timeout.");
  }

  @Test
  void neverQuotesAValueOfH2() {
    String query =
        "SELECT " + ALL.replace("prompt", "CAST(prompt AS INT) AS prompt") + " FROM refusing";

    assertThat(refusal(h2(query)))
        .isEqualTo(
            "The database cannot read query in the database "
                + folder.resolve("x")
                + ": a text is not of the type that it is cast to (SQLState 22018); correct the"
                + " row, or the expression in sources.feedback.query.");
  }

  private static Feedback postgres(String query) {
    return new Feedback(TestPostgres.reader(), null, query, TestConfigs.COLUMNS, null, null);
  }

  private static Feedback h2(String query) {
    return new Feedback(
        new Connection("jdbc:h2:./x", "sa", null, null),
        null,
        query,
        TestConfigs.COLUMNS,
        null,
        null);
  }

  /** At launch, or while rows are read. */
  private static String refusal(Feedback feedback) {
    Exception refusal =
        catchThrowableOfType(Exception.class, () -> RowsOfFeedback.read(feedback, folder));
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(SECRET);
    }
    return String.valueOf(refusal.getMessage());
  }
}
