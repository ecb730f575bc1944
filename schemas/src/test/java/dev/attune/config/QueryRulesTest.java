package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.jdbc.JdbcDriver;
import dev.attune.config.jdbc.QueryRules;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A query of feedback is one SELECT and calls nothing that works on files. */
class QueryRulesTest {
  private static final String WRITES =
      "query calls FILE_WRITE, which writes files of the machine; remove it";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT FILE_WRITE('a', 'b') AS id FROM t",
        "SELECT file_write('a', 'b')",
        "SELECT \"FILE_WRITE\"('a', 'b')",
        "SELECT `file_write` ('a', 'b')",
        "SELECT FILE_WRITE /* ( */ -- (\n ('a', 'b')",
        "SELECT U&\"\\0046ILE_WRITE\"('a', 'b')",
        "SELECT u&\"!+000046ILE_WRITE\" UESCAPE '!' ('a', 'b')",
        "SELECT 'it''s' || FILE_WRITE('a', 'b')",
        "SELECT 1FILE_WRITE('a', 'b')",
        "SELECT f\u0131le_write('a', 'b')",
        "SELECT [a'] , FILE_WRITE('a', 'b') , [']",
        "WITH x AS (SELECT FILE_WRITE('a', 'b')) SELECT * FROM x",
      })
  void refusesAFunctionHoweverItIsWritten(String query) {
    assertThat(QueryRules.faults(query, JdbcDriver.H2)).containsExactly(WRITES);
  }

  @ParameterizedTest
  @CsvSource({
    "FILE_READ,reads files of the machine",
    "CSVREAD,reads files of the machine",
    "CSVWRITE,writes files of the machine",
    "LINK_SCHEMA,connects to another database",
  })
  void knowsTheFunctionsOfH2(String name, String does) {
    assertThat(QueryRules.faults("SELECT * FROM " + name + "('x')", JdbcDriver.H2))
        .containsExactly("query calls " + name + ", which " + does + "; remove it");
  }

  @ParameterizedTest
  @CsvSource({
    "pg_read_file,reads files of the database server",
    "pg_catalog.pg_ls_dir,reads files of the database server",
    "LO_EXPORT,writes files of the database server",
    "dblink,connects to another database",
  })
  void knowsFunctionsOfPostgresql(String name, String does) {
    String plain = name.substring(name.indexOf('.') + 1).toLowerCase(Locale.ROOT);

    assertThat(QueryRules.faults("SELECT " + name + "('x')", JdbcDriver.POSTGRESQL))
        .containsExactly("query calls " + plain + ", which " + does + "; remove it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SCRIPT TO 'x'",
        "RUNSCRIPT FROM 'x'",
        "CALL 1",
        "BACKUP TO 'x'",
        "CREATE ALIAS X"
      })
  void refusesAStatementThatIsNoSelect(String statement) {
    String word = statement.substring(0, statement.indexOf(' '));

    assertThat(QueryRules.faults(statement, JdbcDriver.H2))
        .containsExactly("query begins with " + word + "; write one SELECT");
    assertThat(QueryRules.faults("SELECT 1) AS x; " + statement + "; SELECT (1", JdbcDriver.H2))
        .containsExactly(
            "query has a second statement after a semicolon (" + word + "); write one SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1) AS x; DELETE FROM t; SELECT (1",
        "SELECT 'a\\' , '); DELETE FROM t; --'",
        "SELECT E'a\\'' ) AS x; DELETE FROM t; --'",
        "SELECT E'a'\n'\\'', '\\' ) AS x; DELETE FROM t; --'",
      })
  void refusesASecondStatementForPostgresql(String query) {
    assertThat(QueryRules.faults(query, JdbcDriver.POSTGRESQL))
        .containsExactly(
            "query has a second statement after a semicolon (DELETE); write one SELECT");
  }

  /** A text between dollar signs ends where each database says, by rules that differ. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS \u20ac$$, FILE_WRITE('a', 'b'), 2 AS \u20ac$$$ FROM t",
        "SELECT $$ it's $$ FROM t",
        "SELECT $a$ ' $a$ ) AS x; DELETE FROM t; --'",
        "SELECT $\u20ac$ x $\u20ac$ FROM t",
      })
  void takesNoTextBetweenDollarSigns(String query) {
    for (JdbcDriver driver : JdbcDriver.values()) {
      assertThat(QueryRules.faults(query, driver))
          .containsExactly(
              "query has a text between dollar signs ($$), which can hide what it calls; write"
                  + " texts between single quotes");
    }
  }

  /** A definition in a file of H2 may have such a text. */
  @Test
  void seesACallThatDollarSignsInNamesSeemToHide() {
    String sql = "SELECT 1 AS \u20ac$$, FILE_WRITE('a', 'b'), 2 AS \u20ac$$$ FROM t";

    assertThat(QueryRules.functions(sql, JdbcDriver.H2)).containsExactly("FILE_WRITE");
  }

  /** What Java or PostgreSQL takes for a letter, and the other does not. */
  @Test
  void knowsWhichCharactersBelongToAName() {
    assertThat(QueryRules.faults("SELECT \u20acFILE_WRITE('a')", JdbcDriver.H2)).isEmpty();
    assertThat(QueryRules.faults("SELECT \u00d7FILE_WRITE('a')", JdbcDriver.H2))
        .containsExactly(WRITES);
    assertThat(QueryRules.faults("SELECT \u00d7dblink('a')", JdbcDriver.POSTGRESQL)).isEmpty();
    assertThat(QueryRules.faults("SELECT 1 AS \u00a0E'\\', dblink('a') --'", JdbcDriver.POSTGRESQL))
        .containsExactly("query calls dblink, which connects to another database; remove it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query_to_xml",
        "query_to_xml_and_xmlschema",
        "table_to_xml",
        "schema_to_xmlschema",
        "database_to_xml",
        "cursor_to_xml",
        "ts_stat",
        "ts_rewrite",
        "crosstab3",
        "connectby",
        "xpath_table",
        "dblink_get_notify",
        "lo_get",
        "loread",
        "pg_read_binary_file",
        "pg_ls_summariesdir",
        "pg_stat_file",
        "pg_file_unlink",
        "pg_logical_emit_message",
        "pg_sleep_for",
        "set_config",
        "pg_terminate_backend",
        "pg_reload_conf",
        "pg_promote",
      })
  void knowsTheFunctionsOfPostgresqlThatRunTextOrLeaveTheDatabase(String name) {
    assertThat(QueryRules.faults("SELECT " + name + " ('x')", JdbcDriver.POSTGRESQL))
        .singleElement()
        .asString()
        .startsWith("query calls " + name + ", which ");
  }

  @Test
  void refusesToChangeRowsInsideASelect() {
    assertThat(
            QueryRules.faults(
                "SELECT * FROM FINAL TABLE (INSERT INTO t VALUES (1))", JdbcDriver.H2))
        .containsExactly("query changes rows by FINAL TABLE; write a SELECT that changes nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, script, call FROM backup WHERE kind = 'FILE_READ(' -- FILE_READ(x)",
        "select \"FILE_READ\" from t where a ~ 'x;y' and b = '); drop table t'",
        "  -- rows\n(SELECT 1) UNION (SELECT 2);",
        "WITH a AS (SELECT 1) SELECT * FROM a /* ; */",
        "VALUES (1, ';')",
        "SELECT currval('s'), xpath('a', b), lower(c) FROM t WHERE d ~ '^a$|b$' AND e > $1",
        "SELECT tags[1], prompt->>'content', data ? 'x' FROM fb.v",
        "SELECT final, new FROM t",
        "",
      })
  void takesASelect(String query) {
    assertThat(QueryRules.faults(query, JdbcDriver.H2)).isEmpty();
    assertThat(QueryRules.faults(query, JdbcDriver.POSTGRESQL)).isEmpty();
  }

  @Test
  void namesTheLineOfTheQuery() {
    List<String> faults =
        Yaml.faults(
            """
            dataset: talk
            task: conversation
            sources:
              feedback:
                jdbcUrl: jdbc:h2:file:./db
                query: SELECT FILE_WRITE('a', 'b') AS id FROM t
                columns: {id: id, prompt: p, response: r, rating: s}
            """);

    assertThat(faults).containsExactly("attune.yaml:6: " + WRITES);
  }
}
