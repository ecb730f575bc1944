package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the conversion of PostgreSQL's column types to text. */
class PostgresTypesTest {
  private static final Path FOLDER = Path.of("/");
  private static final String SCHEMA =
      "SCHEMA_VIOLATION A field has another type or shape than the schema's: the column ";

  @BeforeAll
  static void createTables() throws SQLException, IOException {
    try (Connection owner = TestPostgres.owner()) {
      RowsOfFeedback.run("postgres-json.sql", owner);
    }
    TestPostgres.execute(
        "CREATE SCHEMA types",
        "CREATE EXTENSION hstore SCHEMA types",
        "CREATE EXTENSION citext SCHEMA types",
        "CREATE TYPE types.mood AS ENUM ('4', 'glad')",
        "CREATE TYPE types.pair AS (a int, b text)",
        "CREATE DOMAIN types.long_text AS text CHECK (length(VALUE) > 1)",
        "CREATE DOMAIN types.rated AS types.mood",
        "CREATE DOMAIN types.list AS text[]",
        """
        CREATE TABLE types.all_of_them (
          id bigint, plain text, varying varchar(9), padded char(9), name name, long types.long_text,
          ci types.citext, uuid uuid, flag boolean, num numeric, float real, day date, clock time,
          mood types.mood, rated types.rated, js json, jsb jsonb,
          list text[], numbers int[], moods types.mood[], listed types.list, hs types.hstore, xml xml,
          bytes bytea, bits bit(3), vbits varbit, money money, span interval, inet inet,
          point point, range int4range, pair types.pair, ts tsvector)
        """,
        """
        INSERT INTO types.all_of_them VALUES (
          1, 'plain', 'varying', 'padded', 'name', 'long', 'CiText',
          '0b1e0f2a-0000-4000-8000-000000000009', true, 4.50, 0.5, '2026-01-02', '03:04:05',
          'glad', '4', ' "a \\"text\\"\\nof two" ', '12.50',
          '{a,b}', '{1,2}', '{glad}', '{a}', 'k=>v', '<a>b</a>',
          '\\x6162', '101', '11', '5.5', '1 day', '10.0.0.1',
          '(1,2)', '[1,2)', '(1,b)', 'a')
        """);
  }

  @Test
  void readsTheTextOfJsonStrings() throws SourceException, IOException {
    Map<String, String> rows = RowsOfFeedback.read(view("note"), FOLDER);

    assertThat(rows)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "feedback:1",
                "How do I descale a kettle with vinegar? > Half vinegar, half water, boil and leave"
                    + " for an hour.",
                "feedback:2",
                SCHEMA + "prompt holds a JSON object or array.",
                "feedback:3",
                SCHEMA + "prompt holds a JSON object or array.",
                "feedback:4",
                "INVALID_RATING The rating is not a whole number from 1 to 5.",
                "feedback:5",
                "MISSING_FIELD A required field is absent, null or blank: prompt.",
                "feedback:6",
                "Ein Umlaut: Wie entlüfte ich die Heizung? 🛠️ > Pumpe aus, Ventil auf, warten."));
  }

  @Test
  void readsInsideJsonObjectsByTheQueryThatItAdvises() throws SourceException, IOException {
    FeedbackPlan plan = inspect(view("note"));
    List<String> advice = plan.jsonAdvice(0b100);

    assertThat(advice)
        .containsExactly(
            "The column prompt of fb.v has JSON objects or arrays, which are rejected as"
                + " SCHEMA_VIOLATION; select the text inside them in sources.feedback.query, such"
                + " as \"prompt\"->>'content' AS \"prompt\".");
    assertThat(plan.jsonAdvice(0b11)).isEmpty();
    Feedback query =
        query(
            "SELECT id, \"prompt\"->>'content' AS \"prompt\", response, stars FROM fb.v"
                + " WHERE prompt ? 'content'",
            new FeedbackColumns("id", null, "prompt", "response", "stars", null, null),
            null);
    assertThat(RowsOfFeedback.read(query, FOLDER))
        .containsEntry(
            "feedback:2", "Which tape seals a threaded joint? > White tape, wound clockwise.")
        .hasSize(1);
  }

  @Test
  void refusesAnArrayAsAGroup() {
    String fault =
        " has the column tags (sources.feedback.columns.group) of the type text[], which Attune"
            + " cannot convert to text; select array_to_string(\"tags\", ',') AS \"tags\" in"
            + " sources.feedback.query";

    assertThat(refusal(view("tags")))
        .isEqualTo("The table fb.v" + fault + ", which replaces the table.");
    assertThat(refusal(query("SELECT * FROM fb.v", view("tags").columns(), null)))
        .isEqualTo("sources.feedback.query" + fault + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "varying, varying",
    "padded, padded",
    "name, name",
    "long, long",
    "ci, CiText",
    "uuid, 0b1e0f2a-0000-4000-8000-000000000009",
    "flag, t",
    "num, 4.50",
    "float, 0.5",
    "day, 2026-01-02",
    "clock, 03:04:05",
    "mood, glad",
    "rated, 4",
    "js, 'a \"text\"\nof two'",
    "jsb, 12.50",
  })
  void readsTextsNumbersBooleansTimesEnumsAndUuids(String column, String text)
      throws SourceException, IOException {
    FeedbackColumns columns = new FeedbackColumns("id", column, column, column, "id", column, null);
    Feedback table =
        new Feedback(TestPostgres.reader(), "types.all_of_them", null, columns, null, null);

    assertThat(readAsPrompt(table)).isEqualTo(text);
    assertThat(readAsPrompt(query("SELECT * FROM types.all_of_them", columns, null)))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "list | text[] | array_to_string(\"list\", ',') | a,b",
        "numbers | int4[] | array_to_string(\"numbers\", ',') | 1,2",
        "moods | \"types\".\"_mood\" | array_to_string(\"moods\", ',') | glad",
        "listed | text[] | array_to_string(\"listed\", ',') | a",
        "hs | \"types\".\"hstore\" | CAST(\"hs\" AS text) | \"k\"=>\"v\"",
        "xml | xml | CAST(\"xml\" AS text) | <a>b</a>",
        "bytes | bytea | convert_from(\"bytes\", 'UTF8') | ab",
        "bits | bit | CAST(\"bits\" AS text) | 101",
        "vbits | varbit | CAST(\"vbits\" AS text) | 11",
        "money | money | CAST(\"money\" AS numeric) | 5.50",
        "span | interval | CAST(\"span\" AS text) | 1 day",
        "inet | inet | CAST(\"inet\" AS text) | 10.0.0.1/32",
        "point | point | CAST(\"point\" AS text) | (1,2)",
        "range | int4range | CAST(\"range\" AS text) | [1,2)",
        "pair | \"types\".\"pair\" | CAST(\"pair\" AS text) | (1,b)",
        "ts | tsvector | CAST(\"ts\" AS text) | 'a'",
      })
  void refusesOtherTypesWithTheExpressionThatReadsThem(
      String column, String type, String expression, String text)
      throws SourceException, IOException {
    FeedbackColumns columns = new FeedbackColumns("id", null, column, column, "id", null, null);
    Feedback table =
        new Feedback(TestPostgres.reader(), "types.all_of_them", null, columns, null, null);
    String selected = expression + " AS \"" + column + "\"";

    assertThat(refusal(table))
        .contains(column + " (sources.feedback.columns.prompt) of the type " + type + ", and")
        .contains("; select " + selected + ", ");
    assertThat(
            readAsPrompt(
                query("SELECT id, " + selected + " FROM types.all_of_them", columns, null)))
        .isEqualTo(text);
  }

  @Test
  void namesOperatorsThatRangesCannotBeReadWith() {
    Feedback query =
        query("SELECT * FROM fb.v WHERE prompt ? 'content'", view("note").columns(), "id");

    assertThat(refusal(query))
        .isEqualTo(
            "sources.feedback.query has an operator with a question mark, so it cannot be read in"
                + " ranges; replace the operator by a function, such as jsonb_exists, or remove"
                + " sources.feedback.partitionColumn.");
  }

  @Test
  void readsJsonInRanges() throws SourceException, IOException {
    FeedbackColumns columns = view("note").columns();
    Feedback query = query("SELECT * FROM fb.v WHERE note IS DISTINCT FROM '?'", columns, "id");

    assertThat(RowsOfFeedback.read(query, FOLDER))
        .isEqualTo(RowsOfFeedback.read(view("note"), FOLDER));
  }

  /** The prompt as it is read; the other columns do not matter. */
  private static String readAsPrompt(Feedback feedback) throws SourceException, IOException {
    FeedbackPlan plan = inspect(feedback);
    StringBuilder prompt = new StringBuilder();
    try (Connection connection = plan.access().open()) {
      plan.query()
          .read(connection, RowRange.UNBOUNDED, row -> prompt.append(String.valueOf(row.prompt())));
    } catch (SQLException e) {
      throw new IOException(e);
    }
    return prompt.toString();
  }

  private static Feedback view(String group) {
    FeedbackColumns columns =
        new FeedbackColumns("id", group, "prompt", "response", "stars", "note", "created_at");
    return new Feedback(TestPostgres.reader(), "fb.v", null, columns, null, null);
  }

  private static Feedback query(String query, FeedbackColumns columns, @Nullable String partition) {
    return new Feedback(TestPostgres.reader(), null, query, columns, partition, null);
  }

  private static FeedbackPlan inspect(Feedback feedback) throws SourceException {
    return FeedbackDatabase.of(feedback, Place.of(FOLDER), TestPostgres.ENVIRONMENT).inspect();
  }

  private static String refusal(Feedback feedback) {
    SourceException refusal = catchThrowableOfType(SourceException.class, () -> inspect(feedback));
    return String.valueOf(refusal.getMessage());
  }
}
