package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the conversion of H2's column types to text, and names with blanks and capitals. */
class H2TypesTest {
  private static final Connection DATABASE = new Connection("jdbc:h2:./x", "sa", null, null);
  private static final FeedbackColumns COLUMNS =
      new FeedbackColumns("id", "Group", "select", "response", "rating", "comment", "created_at");
  private static final String ID = "feedback:aaaaaaaa-0000-4000-8000-00000000000";

  @TempDir Path folder;

  @BeforeEach
  void createTables() throws SQLException, IOException {
    try (java.sql.Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("x"), "sa", "");
        Statement statement = owner.createStatement()) {
      RowsOfFeedback.run("h2-types.sql", owner);
      statement.execute("CREATE TABLE \"a.b \"\"c\"\"\" AS SELECT * FROM \"chat log\".\"user\"");
      statement.execute("CREATE TABLE Plain AS SELECT * FROM \"chat log\".\"user\"");
      statement.execute("CREATE DOMAIN mood AS ENUM('glad')");
      statement.execute(
          """
          CREATE TABLE all_of_them (
            id int, e ENUM('a', 'b '), m mood, ch CHAR(9), ci VARCHAR_IGNORECASE, b BOOLEAN,
            t TIME, d DECFLOAT, u UUID, j JSON, num JSON, obj JSON, arr VARCHAR ARRAY, bin VARBINARY,
            bl BLOB, iv INTERVAL DAY, r ROW(a INT, b INT), g GEOMETRY)
          """);
      statement.execute(
          """
          INSERT INTO all_of_them VALUES (
            1, 'b ', 'glad', 'ab', 'Ci', TRUE, '03:04:05', 1.5,
            'aaaaaaaa-0000-4000-8000-000000000001', JSON '"a \\"text\\""', JSON '5.0',
            JSON '{"content": "inside"}', ARRAY['a', 'b'], X'6162', X'6162', INTERVAL '1' DAY,
            ROW(1, 2), 'POINT(1 2)')
          """);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"chat log\".\"user\"",
        "chat log.user",
        " \"chat log\" . \"user\" ",
        "CHAT LOG.USER",
        "chat log.\"user\"",
        "\"a.b \"\"c\"\"\"",
        "plain",
        "PUBLIC.Plain",
        "\"PUBLIC\".plain"
      })
  void readsNamesWithBlanksAndQuotationMarks(String table) throws SourceException, IOException {
    Map<String, String> rows = RowsOfFeedback.read(table(table, COLUMNS), folder);

    assertThat(rows)
        .containsEntry(
            ID + "1", "What is the torque for an M8 bolt? > About twenty five newton metres.")
        .containsEntry(
            ID + "2", "What is the torque for an M10 bolt, dry? > About fifty newton metres.")
        .containsEntry(
            ID + "3", "LOW_RATING_WITHOUT_COMMENT The rating is 1 or 2 and there is no comment.")
        .containsEntry(ID + "4", "INVALID_RATING The rating is not a whole number from 1 to 5.")
        .containsEntry(
            ID + "5", "MISSING_FIELD A required field is absent, null or blank: response.")
        .hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"chat log | sources.feedback.table has a quotation mark that is never closed;",
        "\"chat log\"user | sources.feedback.table has text other than a dot after a quoted"
            + " name;",
        "a..b | sources.feedback.table has an empty name in it;",
        "\"\".b | sources.feedback.table has an empty name in it;",
        "\"USER\" | There is no table \"USER\" in the database",
        "\"chat log.user\" | There is no table \"chat log.user\" in the database",
        "\"plain\" | There is no table \"plain\" in the database",
      })
  void saysWhatIsWrongWithAName(String table, String beginning) {
    assertThat(refusal(table(table, COLUMNS))).startsWith(beginning);
  }

  @Test
  void namesTheTableThatMayBeMeant() {
    assertThat(refusal(table("usr", COLUMNS)))
        .endsWith("; is it \"chat log\".user? Check sources.feedback.table.");
    assertThat(refusal(table("user", COLUMNS)))
        .endsWith("; is it \"chat log\".user? Check sources.feedback.table.");
  }

  @Test
  void takesColumnsInQuotationMarksAsTheyStand() throws SourceException, IOException {
    FeedbackColumns quoted =
        new FeedbackColumns(
            "\"ID\"", "\"Group\"", "\"select\"", "\"RESPONSE\"", "rating", null, null);
    FeedbackColumns other =
        new FeedbackColumns("id", "\"group\"", "SELECT", "response", "rating", null, null);

    assertThat(RowsOfFeedback.read(table("plain", quoted), folder)).hasSize(5);
    assertThat(refusal(table("plain", other)))
        .startsWith(
            "The table plain has no column \"group\" (sources.feedback.columns.group); it has ID,"
                + " Group, select,");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "e, ~b ~",
        "m, glad",
        "ch, ab",
        "ci, Ci",
        "b, TRUE",
        "t, 03:04:05",
        "d, 1.5",
        "u, aaaaaaaa-0000-4000-8000-000000000001",
        "j, a \"text\"",
        "num, 5.0",
      })
  void readsTextsNumbersBooleansTimesEnumsAndUuids(String column, String text)
      throws SourceException, SQLException {
    FeedbackColumns columns = new FeedbackColumns("id", column, column, column, "id", column, null);

    assertThat(readAsPrompt(table("all_of_them", columns))).isEqualTo(text);
    assertThat(readAsPrompt(query("SELECT * FROM all_of_them", columns))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "ARR | CHARACTER VARYING ARRAY | CAST(\"ARR\" AS VARCHAR) | [a, b]",
        "BIN | BINARY VARYING | UTF8TOSTRING(\"BIN\") | ab",
        "BL | BINARY LARGE OBJECT | UTF8TOSTRING(\"BL\") | ab",
        "IV | INTERVAL DAY | CAST(\"IV\" AS VARCHAR) | INTERVAL '1' DAY",
        "R | ROW(\"A\" INTEGER, \"B\" INTEGER) | CAST(\"R\" AS VARCHAR) | ROW (1, 2)",
        "G | GEOMETRY | CAST(\"G\" AS VARCHAR) | POINT (1 2)",
      })
  void refusesOtherTypesWithTheExpressionThatReadsThem(
      String column, String type, String expression, String text)
      throws SourceException, SQLException {
    FeedbackColumns columns = new FeedbackColumns("id", null, column, column, "id", null, null);
    String selected = expression + " AS \"" + column + "\"";

    assertThat(refusal(table("all_of_them", columns)))
        .contains(column + " (sources.feedback.columns.prompt) of the type " + type + ", and")
        .contains("; select " + selected + ", ");
    assertThat(readAsPrompt(query("SELECT id, " + selected + " FROM all_of_them", columns)))
        .isEqualTo(text);
  }

  @Test
  void readsInsideJsonObjectsByTheQueryThatItAdvises() throws SourceException, SQLException {
    FeedbackColumns columns = new FeedbackColumns("id", null, "obj", "obj", "id", null, null);
    List<String> advice = inspect(table("all_of_them", columns)).jsonAdvice(0b100);

    assertThat(advice).hasSize(1);
    assertThat(advice.get(0)).endsWith("such as (\"OBJ\").\"content\" AS \"OBJ\".");
    assertThat(
            readAsPrompt(
                query("SELECT id, (\"OBJ\").\"content\" AS \"OBJ\" FROM all_of_them", columns)))
        .isEqualTo("inside");
  }

  private Feedback table(String table, FeedbackColumns columns) {
    return new Feedback(DATABASE, table, null, columns, null, null);
  }

  private Feedback query(String query, FeedbackColumns columns) {
    return new Feedback(DATABASE, null, query, columns, null, null);
  }

  private FeedbackPlan inspect(Feedback feedback) throws SourceException {
    return FeedbackDatabase.of(feedback, Place.of(folder), Map.of()).inspect();
  }

  private @Nullable String readAsPrompt(Feedback feedback) throws SourceException, SQLException {
    FeedbackPlan plan = inspect(feedback);
    StringBuilder prompt = new StringBuilder();
    try (java.sql.Connection connection = plan.access().open()) {
      plan.query()
          .read(connection, RowRange.UNBOUNDED, row -> prompt.append(String.valueOf(row.prompt())));
    }
    return prompt.toString();
  }

  private String refusal(Feedback feedback) {
    SourceException refusal = catchThrowableOfType(SourceException.class, () -> inspect(feedback));
    return String.valueOf(refusal.getMessage());
  }
}
