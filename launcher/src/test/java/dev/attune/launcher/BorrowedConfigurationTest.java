package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.PrepareDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration from somebody else runs no code: what it would write is not written. */
class BorrowedConfigurationTest {
  private static final String TABLE = "table: feedback";
  private static final String H2 = "jdbc:h2:file:./db";

  @TempDir private Path folder;
  private Path proof;

  @BeforeEach
  void createDatabase() throws SQLException {
    proof = folder.resolve("proof");
    try (Connection owner =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("db"), "sa", "");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE TABLE feedback (id int, prompt varchar, response varchar, rating int)");
      statement.execute("INSERT INTO feedback VALUES (1, 'ask', 'say', 4)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INIT", "init", "CACHE_SIZE=1000;Init"})
  void runsNoSqlWhenFeedbackIsOpened(String option) throws IOException {
    configure(H2 + ";" + option + "=" + write(), TABLE, "");

    assertThat(refused("prepare"))
        .containsExactly(
            "attune.yaml:5: the option INIT of jdbcUrl is not allowed: it runs SQL when the"
                + " database is opened; remove it",
            "attune.yaml has one fault: mend what the line above names and run again.");
    assertThat(proof).doesNotExist();
  }

  /** H2 sets an option by SQL. */
  @Test
  void runsNoSqlInTheValueOfAnotherOption() throws IOException {
    configure(H2 + ";LOCK_TIMEOUT=1\\\\;" + write(), TABLE, "");

    assertThat(refused("prepare"))
        .first()
        .isEqualTo("attune.yaml:5: the option LOCK_TIMEOUT of jdbcUrl takes a number only");
    assertThat(proof).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "jobs", "run"})
  void runsNoSqlWhenTheLedgerIsOpened(String command) throws IOException {
    configure(H2, TABLE, "ledger: {jdbcUrl: \"jdbc:h2:file:./ledger;INIT=" + write() + "\"}\n");

    assertThat(refused(command))
        .first()
        .isEqualTo(
            "attune.yaml:8: the option INIT of jdbcUrl is not allowed: it runs SQL when the"
                + " database is opened; remove it");
    assertThat(proof).doesNotExist();
    assertThat(folder.resolve("ledger.mv.db")).doesNotExist();
  }

  @Test
  void takesNoOptionsFromTheNameOfAFolder() throws IOException {
    folder = Files.createDirectories(folder.resolve("a;INIT=CALL FILE_WRITE('706f','PWNED') --"));
    configure(H2, TABLE, "ledger: {jdbcUrl: \"jdbc:h2:file:./ledger\"}\n");

    assertThat(refused("models"))
        .last()
        .asString()
        .startsWith("ledger.jdbcUrl is in a folder with a semicolon in its name");
    assertThat(refused("prepare"))
        .last()
        .asString()
        .startsWith("sources.feedback.jdbcUrl is in a folder with a semicolon in its name");
    assertThat(folder.resolve("PWNED")).doesNotExist();
    assertThat(Path.of("PWNED")).doesNotExist();
  }

  @Test
  void opensNoLedgerThatHoldsAProgram() throws Exception {
    try (Connection owner =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("ledger"), "sa", "");
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE t (id int)");
      statement.execute(
          "CREATE TRIGGER tr BEFORE INSERT ON t AS 'org.h2.api.Trigger create() throws Exception {"
              + " new java.io.File(\""
              + proof
              + "\").createNewFile(); return (c, o, n) -> {}; }'");
    }
    Files.deleteIfExists(proof);
    configure(H2, TABLE, "ledger: {jdbcUrl: \"jdbc:h2:file:./ledger\"}\n");

    assertThat(refused("models"))
        .last()
        .isEqualTo(
            "The ledger "
                + folder.resolve("ledger.mv.db")
                + " contains a trigger, which would run in this process: it is not a ledger of"
                + " Attune; name another one in ledger.jdbcUrl.");
    assertThat(proof).doesNotExist();
  }

  @Test
  void writesNoTraceOfADatabase() throws IOException {
    configure(
        H2 + ";TRACE_LEVEL_FILE=3",
        TABLE,
        "ledger: {jdbcUrl: \"jdbc:h2:file:./ledger;TRACE_LEVEL_FILE=3\"}\n");

    assertThat(refused("run"))
        .filteredOn(line -> line.contains("the option TRACE_LEVEL_FILE of jdbcUrl is not allowed"))
        .hasSize(2);
    assertThat(folder.resolve("db.trace.db")).doesNotExist();
    assertThat(folder.resolve("ledger.trace.db")).doesNotExist();
  }

  @Test
  void callsNoFunctionThatWritesAFileInAQuery() throws IOException {
    String call = write().substring("CALL ".length());
    configure(
        H2, "query: \"SELECT " + call + " AS id, prompt, response, rating FROM feedback\"", "");

    assertThat(refused("prepare"))
        .first()
        .isEqualTo(
            "attune.yaml:6: query calls FILE_WRITE, which writes files of the machine; remove it");
    assertThat(proof).doesNotExist();
  }

  private String write() {
    return "CALL FILE_WRITE('proof', '" + proof + "')";
  }

  private List<String> refused(String command) {
    Typed typed = Typed.attune(folder, PrepareDataset::run, command);
    assertThat(typed.exit()).as(String.join("\n", typed.err())).isEqualTo(3);
    return typed.err();
  }

  private void configure(String jdbcUrl, String rows, String more) throws IOException {
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: talk
        task: conversation
        sources:
          feedback:
            jdbcUrl: "%s"
            %s
            columns: {id: id, prompt: prompt, response: response, rating: rating}
        """
                .formatted(jdbcUrl, rows)
            + more);
  }
}
