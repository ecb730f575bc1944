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
        "SELECT $$ it's $$ || FILE_WRITE('a', 'b')",
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
            "query has a second statement behind a semicolon (" + word + "); write one SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1) AS x; DELETE FROM t; SELECT (1",
        "SELECT 'a\\' , '); DELETE FROM t; --'",
        "SELECT E'a\\'' ) AS x; DELETE FROM t; --'",
        "SELECT $a$ ' $a$ ) AS x; DELETE FROM t; --'",
      })
  void refusesASecondStatementForPostgresql(String query) {
    assertThat(QueryRules.faults(query, JdbcDriver.POSTGRESQL))
        .containsExactly(
            "query has a second statement behind a semicolon (DELETE); write one SELECT");
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
