package dev.attune.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.jdbc.H2Definition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements as H2 2.4 keeps them in a file. */
class H2DefinitionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE USER IF NOT EXISTS \"SA\" SALT '00' HASH '11' ADMIN",
        "CREATE CACHED TABLE \"PUBLIC\".\"FEEDBACK\"(\n    \"ALIAS\" INTEGER, \"TRIGGER\" INTEGER)",
        "CREATE FORCE VIEW \"PUBLIC\".\"V\"(\"ID\") AS\nSELECT \"ID\" FROM \"PUBLIC\".\"T\"",
        "CREATE PRIMARY KEY \"PUBLIC\".\"PRIMARY_KEY_2\" ON \"PUBLIC\".\"T\"(\"ID\")",
        "CREATE UNIQUE NULLS DISTINCT INDEX \"PUBLIC\".\"I\" ON \"PUBLIC\".\"T\"(\"ID\")",
        "CREATE SEQUENCE \"PUBLIC\".\"S\" START WITH 1",
        "CREATE SCHEMA IF NOT EXISTS \"FB\" AUTHORIZATION \"SA\"",
        "ALTER TABLE \"PUBLIC\".\"T\" ADD CONSTRAINT \"PUBLIC\".\"C\" CHECK(\"ID\" > 0) NOCHECK",
        "GRANT SELECT ON SCHEMA \"PUBLIC\" TO \"JOE\"",
        "COMMENT ON TABLE \"PUBLIC\".\"T\" IS 'FILE_WRITE(x); ENGINE \"y\"'",
        "SET CREATE_BUILD 240",
      })
  void takesWhatRunsNothing(String sql) {
    assertThat(H2Definition.program(sql)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "CREATE FORCE TRIGGER \"PUBLIC\".\"TR\" BEFORE INSERT ON \"T\" AS 'x'~a trigger",
        "CREATE FORCE ALIAS \"PUBLIC\".\"AL\" AS 'x'~a Java function (CREATE ALIAS)",
        "CREATE FORCE AGGREGATE \"PUBLIC\".\"AG\" FOR \"x.Y\"~a Java aggregate function",
        "CREATE FORCE LINKED TABLE \"PUBLIC\".\"LT\"('x', 'y', 'sa', '', 'T')~a linked table",
        "CREATE CACHED TABLE \"PUBLIC\".\"T\"(\"A\" INT) "
            + "ENGINE \"x.Y\"~a table with an engine of its own",
        "SET DATABASE_EVENT_LISTENER 'x.Y'~the setting DATABASE_EVENT_LISTENER",
        "CREATE FORCE VIEW \"V\" AS SELECT FILE_READ('x')~a call of FILE_READ",
        "CREATE MEMORY TABLE \"T\"(\"A\" INT); RUNSCRIPT FROM 'x'~several statements in one"
            + " definition",
        "RUNSCRIPT FROM 'x'~a statement that defines nothing",
        "CREATE \"x\"~a definition that Attune does not know",
      })
  void namesWhatRunsCode(String sql, String what) {
    assertThat(H2Definition.program(sql)).isEqualTo(what);
  }
}
