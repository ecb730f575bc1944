package dev.attune.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetPreparation;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.pipeline.PrepareDataset;
import dev.attune.testing.secret.EmulatedSecrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the passwords that a whole run used are not. */
class SecretsTest {
  private static final String FEEDBACK_PASSWORD = "s3cret-of-the-reader-of-feedback";

  /** Of the jdbcUrl, which is shown without its options. */
  private static final String OPTION = "option-of-the-url";

  @TempDir private Path folder;

  @AutoClose private final EmulatedSecrets google = EmulatedSecrets.start();

  /**
   * Runs everything with passwords of environment variables, or of two secrets, which are read once
   * each.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesNoPasswordAnywhere(boolean inSecretManager) throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      fill(database);
      configure(database.getPort());
      List<String> secrets = inSecretManager ? useSecretManager() : List.of();
      String printed = run("run", "--stacktrace");
      printed += run("run", "--json");
      printed += run("models", "--json");
      printed += run("jobs", "--json");

      assertThat(printed).contains("\"nothingNew\": true").contains("SUCCEEDED");
      assertThat(secretsIn(printed)).isEmpty();
      assertThat(secretsIn(ledger())).isEmpty();
      List<String> files = files();
      assertThat(files).hasSizeGreaterThan(8);
      for (String file : files) {
        assertThat(secretsIn(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1)))
            .as(file)
            .isEmpty();
      }
      assertThat(google.asked()).containsExactlyInAnyOrderElementsOf(secrets);
      assertThat(String.join("\n", files).contains("manifest.json")).isTrue();
    }
  }

  /** Replaces both environment variables; returns the names of the versions. */
  private List<String> useSecretManager() throws IOException {
    String reader = google.add("projects/p/secrets/reader", FEEDBACK_PASSWORD);
    String ledger = google.add("projects/p/secrets/ledger", LedgerKind.PASSWORD);
    Path file = folder.resolve("attune.yaml");
    Files.writeString(
        file,
        Files.readString(file)
            .replace("passwordEnv: FEEDBACK_PASSWORD", "passwordSecret: " + reader)
            .replace("passwordEnv: " + LedgerKind.VARIABLE, "passwordSecret: " + ledger));
    return List.of(reader, ledger);
  }

  private static List<String> secretsIn(String text) {
    return Stream.of(FEEDBACK_PASSWORD, LedgerKind.PASSWORD, OPTION)
        .filter(text::contains)
        .toList();
  }

  private String run(String... typed) {
    TestShell test = new TestShell(folder);
    Shell plain = test.shell();
    Shell shell =
        new Shell(
            plain.out(),
            plain.err(),
            false,
            folder,
            Map.of(
                "FEEDBACK_PASSWORD",
                FEEDBACK_PASSWORD,
                LedgerKind.VARIABLE,
                LedgerKind.PASSWORD,
                "ATTUNE_SECRET_ENDPOINT",
                google.endpoint()),
            plain.clock());
    int exit =
        Main.commandLine(shell, new DatasetPreparation(shell, PrepareDataset::run), folder)
            .execute(typed);
    String printed = test.out() + String.join("\n", test.err());
    assertThat(exit).as(printed).isZero();
    return printed;
  }

  private static void fill(EmbeddedPostgres database) throws SQLException {
    try (Connection owner = database.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE ROLE reader LOGIN PASSWORD '" + FEEDBACK_PASSWORD + "'");
      statement.execute("CREATE TABLE feedback (id INT, prompt TEXT, response TEXT, rating INT)");
      statement.execute("GRANT SELECT ON feedback TO reader");
      statement.execute(
          "INSERT INTO feedback SELECT i, 'The ' || (ARRAY['cat','dog','owl'])[i % 3 + 1]"
              + " || ' was seen on day ' || i || ' of the year',"
              + " (ARRAY['cat','dog','owl'])[i % 3 + 1], 5 FROM generate_series(1, 200) i");
    }
  }

  private void configure(int port) throws IOException {
    Files.writeString(folder.resolve("taxonomy.json"), "[\"cat\",\"dog\",\"owl\"]");
    Files.writeString(
        folder.resolve("attune.yaml"),
        """
        dataset: animals
        task: classification
        taxonomy: taxonomy.json
        sources:
          feedback:
            jdbcUrl: jdbc:postgresql://127.0.0.1:%d/postgres?ApplicationName=option-of-the-url
            username: reader
            passwordEnv: FEEDBACK_PASSWORD
            table: feedback
            columns: {id: id, prompt: prompt, response: response, rating: rating}
        duplicates: {near: false}
        split: {validation: 0.2, by: record, seed: "1"}
        output: {directory: datasets, format: gemini}
        """
                .formatted(port)
            + LedgerKind.POSTGRESQL.yaml(folder));
  }

  /** Every value of every table of the ledger. */
  private String ledger() throws Exception {
    StringBuilder all = new StringBuilder();
    String url = ConfigLoader.load(folder.resolve("attune.yaml")).ledger().jdbcUrl();
    try (Connection ledger = DriverManager.getConnection(url, "bookkeeper", LedgerKind.PASSWORD)) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          ledger.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
        while (found.next()) {
          tables.add(found.getString("TABLE_NAME"));
        }
      }
      assertThat(tables).contains("datasets", "jobs", "evaluations", "promotions", "answers");
      for (String table : tables) {
        try (Statement statement = ledger.createStatement();
            ResultSet rows = statement.executeQuery("SELECT t::text FROM " + table + " t")) {
          while (rows.next()) {
            all.append(rows.getString(1)).append('\n');
          }
        }
      }
    }
    assertThat(all.toString()).contains("linear-baseline");
    return all.toString();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("attune.yaml"))
          .map(Path::toString)
          .toList();
    }
  }
}
