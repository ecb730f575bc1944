package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.pipeline.source.SourceException;
import dev.attune.place.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading feedback with any configuration changes no database. */
class ReadOnlyFeedbackTest {
  private static final String ROWS = "SELECT id, prompt, response, rating FROM feedback";
  private static final FeedbackColumns COLUMNS =
      new FeedbackColumns("id", null, "prompt", "response", "rating", null, null);

  @TempDir Path folder;

  @Test
  void leavesAnH2FileAndItsFolderAsTheyAre() throws Exception {
    create();
    byte[] before = Files.readAllBytes(folder.resolve("x.mv.db"));

    assertThat(ids(h2("jdbc:h2:./x", "feedback", null))).containsExactly("1");
    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", null, ROWS + " WHERE CAST(prompt AS INT) = 1")))
        .hasMessageNotContaining("ask");

    assertThat(files()).containsExactly("x.mv.db");
    assertThat(Arrays.equals(before, Files.readAllBytes(folder.resolve("x.mv.db")))).isTrue();
  }

  @Test
  void refusesAQueryThatChangesRowsOfAnH2File() throws Exception {
    create();
    String query =
        ROWS.replace("feedback", "")
            + "FINAL TABLE (INSERT INTO feedback VALUES (2, 'ask', 'say', 5))";

    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x;ACCESS_MODE_DATA=rw", null, query)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("writes, and Attune only reads");
    assertThat(ids(h2("jdbc:h2:./x", "feedback", null))).containsExactly("1");
  }

  @Test
  void readsWhatAnotherProcessHasOpenThroughThatProcess() throws Exception {
    create();
    Process other = open("jdbc:h2:" + folder.resolve("x") + ";AUTO_SERVER=TRUE");
    try (var out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("open");
      assertThat(ids(h2("jdbc:h2:./x;AUTO_SERVER=TRUE", "feedback", null))).containsExactly("1");
      assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", "feedback", null)))
          .hasMessage(
              "Another process has the database "
                  + folder.resolve("x")
                  + " open; stop it, or use a database server. If no process has, remove "
                  + folder.resolve("x.lock.db")
                  + ", which a killed process left behind.");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x;AUTO_SERVER=TRUE", "feedback", null)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("refuses connections; is it running?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "CREATE TRIGGER tr BEFORE INSERT ON feedback AS 'org.h2.api.Trigger create() throws"
            + " Exception { new java.io.File(\"PROOF\").createNewFile(); return (c, o, n) -> {};"
            + " }'~a trigger",
        "CREATE ALIAS al AS 'String al() throws Exception { new java.io.File(\"PROOF\")"
            + ".createNewFile(); return null; }'~a Java function (CREATE ALIAS)",
        "CREATE LINKED TABLE lt('org.h2.Driver', 'jdbc:h2:mem:z;INIT=CALL FILE_WRITE(''x'',"
            + " ''PROOF'')', 'sa', '', 'INFORMATION_SCHEMA.SETTINGS')~a linked table",
        "CREATE VIEW v AS SELECT file_write('x', 'PROOF') AS id FROM feedback~a call of FILE_WRITE",
        "CREATE TABLE te (id int DEFAULT length(csvwrite('PROOF', 'SELECT 1')))~a call of CSVWRITE",
      })
  void opensNoH2FileThatHoldsAProgram(String definition, String what) throws Exception {
    create();
    Path proof = folder.resolve("proof");
    try (java.sql.Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("x"), "sa", "pw");
        Statement statement = owner.createStatement()) {
      statement.execute(definition.replace("PROOF", proof.toString()));
    }
    Files.deleteIfExists(proof);

    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", "feedback", null)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "The database "
                + folder.resolve("x")
                + " holds "
                + what
                + ", which would run in this process; copy the rows into a database without it, or"
                + " read them from a server of H2.");
    assertThat(proof).doesNotExist();
  }

  /** H2 reads a backslash as a slash, and ~ in front of a slash only: two files, one looked at. */
  @ParameterizedTest
  @ValueSource(strings = {"jdbc:h2:file:sub\\x", "jdbc:h2:~x/./x", "jdbc:h2:file:~x/./x"})
  void opensNoFileBesideTheOneThatIsLookedAt(String url) {
    assertThatThrownBy(() -> ids(h2(url, "feedback", null)))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("sources.feedback.jdbcUrl ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;INIT=CALL 1 --", "a\\b", "a\nb"})
  void takesNoOptionsFromTheNameOfAFolder(String name) throws Exception {
    folder = Files.createDirectory(folder.resolve(name));

    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", "feedback", null)))
        .isInstanceOf(SourceException.class)
        .hasMessageStartingWith("sources.feedback.jdbcUrl is in a folder with a ")
        .hasMessageEndingWith(
            " in its name, which H2 reads as something else; rename the folder, or name a file in"
                + " another one.");
  }

  /** It was checked when the run was planned, and exchanged before a worker opened it. */
  @Test
  void looksAtAFileEachTimeItIsOpened() throws Exception {
    create();
    FeedbackPlan plan = h2("jdbc:h2:./x", "feedback", null).inspect();
    try (java.sql.Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("evil"), "sa", "pw");
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE ALIAS al AS 'String al() { return null; }'");
    }
    Files.move(
        folder.resolve("evil.mv.db"),
        folder.resolve("x.mv.db"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> plan.access().open())
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(" holds a Java function (CREATE ALIAS), which would run");
  }

  @Test
  void readsSeveralRangesOfAFileAtOnce() throws Exception {
    create();
    FeedbackPlan plan = h2("jdbc:h2:./x", "feedback", null).inspect();
    try (java.sql.Connection one = plan.access().open();
        java.sql.Connection two = plan.access().open()) {
      assertThat(one.isValid(1)).isTrue();
      assertThat(two.isValid(1)).isTrue();
    }
  }

  @Test
  void opensNoFileWhereEverybodyMayExchangeIt() throws Exception {
    create();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", "feedback", null)))
        .isInstanceOf(SourceException.class)
        .hasMessage(
            "Another user could put another file in the place of the database "
                + folder.resolve("x")
                + ", because everybody may write in "
                + folder
                + "; run as the owner, or copy the database into a folder of your own.");
  }

  @Test
  void namesAFileThatIsNoDatabase() throws Exception {
    Files.writeString(folder.resolve("x.mv.db"), "no database\n".repeat(1000));

    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", "feedback", null)))
        .hasMessageStartingWith(
            "The database " + folder.resolve("x") + " is damaged, or not of H2");
  }

  /** Only rows that were committed before the process was killed are read. */
  @Test
  void readsAFileWhoseProcessWasKilled() throws Exception {
    create();
    Process other = open("jdbc:h2:" + folder.resolve("x"));
    try (var out = other.inputReader()) {
      assertThat(out.readLine()).isEqualTo("open");
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(ids(h2("jdbc:h2:./x", "feedback", null))).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FILE_READ('a')", "CSVREAD('a.csv')", "feedback; DROP TABLE feedback"})
  void takesATableForANameAndNothingElse(String table) throws Exception {
    create();
    Files.writeString(folder.resolve("a.csv"), "id,prompt\n1,x\n");

    assertThatThrownBy(() -> ids(h2("jdbc:h2:./x", table, null)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("There is no table " + table);
  }

  @Test
  void readsPostgresqlInTransactionsThatOnlyRead() throws Exception {
    TestPostgres.execute(
        "DROP TABLE IF EXISTS readings",
        "CREATE TABLE readings (id int)",
        "GRANT INSERT ON readings TO reader",
        "CREATE OR REPLACE FUNCTION read_and_note() RETURNS text LANGUAGE sql AS"
            + " $$ INSERT INTO readings VALUES (1) RETURNING 'x' $$");
    String row = "SELECT 1 AS id, 'ask' AS prompt, 'say' AS response, 5 AS rating";
    Feedback feedback = new Feedback(TestPostgres.reader(), null, row, COLUMNS, null, null);
    FeedbackPlan plan =
        FeedbackDatabase.of(feedback, Place.of(folder), TestPostgres.ENVIRONMENT).inspect();
    try (java.sql.Connection connection = plan.access().open()) {
      assertThat(connection.isReadOnly()).isTrue();
      try (Statement statement = connection.createStatement()) {
        assertThatThrownBy(() -> statement.executeQuery("SELECT read_and_note()"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        connection.rollback();
        assertThatThrownBy(
                () -> statement.execute("SELECT set_config('transaction_read_only', 'off', true)"))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  private void create() throws SQLException {
    try (java.sql.Connection owner =
            DriverManager.getConnection("jdbc:h2:" + folder.resolve("x"), "sa", "pw");
        Statement statement = owner.createStatement()) {
      statement.execute(
          "CREATE TABLE feedback (id int, prompt varchar, response varchar, rating int)");
      statement.execute("INSERT INTO feedback VALUES (1, 'ask', 'say', 4)");
    }
  }

  private FeedbackDatabase h2(String url, @Nullable String table, @Nullable String query) {
    return FeedbackDatabase.of(
        new Feedback(new Connection(url, "sa", "PW", null), table, query, COLUMNS, null, null),
        Place.of(folder),
        Map.of("PW", "pw"));
  }

  private static List<String> ids(FeedbackDatabase database) throws Exception {
    FeedbackPlan plan = database.inspect();
    List<String> ids = new ArrayList<>();
    try (java.sql.Connection connection = plan.access().open()) {
      for (RowRange range : plan.ranges()) {
        plan.query().read(connection, range, row -> ids.add(String.valueOf(row.id())));
      }
    }
    return ids;
  }

  private List<String> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Process open(String url) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            H2FeedbackTest.Holder.class.getName(),
            url,
            "pw")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
