package dev.attune.launcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.testing.postgresql.PostgresPasswords;
import dev.attune.testing.secret.EmulatedSecrets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a real PostgreSQL whose password is in Secret Manager. */
class SecretLedgerTest {
  private static final String SECRET = "projects/p/secrets/ledger";

  private static EmbeddedPostgres server;

  @TempDir private Path folder;
  @AutoClose private final EmulatedSecrets google = EmulatedSecrets.start();

  /** Starts a server that asks for the password, unlike the one of {@link LedgerKind}. */
  @BeforeAll
  static void startServer() throws IOException, SQLException {
    server = EmbeddedPostgres.start();
    try (Connection owner = server.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE ROLE bookkeeper LOGIN PASSWORD '" + LedgerKind.PASSWORD + "'");
      statement.execute("CREATE DATABASE books OWNER bookkeeper");
      PostgresPasswords.require(owner);
    }
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @Test
  void opensWithOneCallHoweverOftenItIsOpened() throws Exception {
    String version = google.add(SECRET, LedgerKind.PASSWORD + "\n");

    for (int i = 0; i < 2; i++) {
      try (Ledger ledger = Ledger.openExisting(config(version), shell()).orElseThrow()) {
        assertThat(ledger.jobs().all()).isEmpty();
      }
    }

    assertThat(google.asked()).containsExactly(version);
  }

  @Test
  void saysWhyThePasswordCannotBeRead() throws Exception {
    String disabled = google.add(SECRET, LedgerKind.PASSWORD);
    google.disable(disabled);

    assertThat(refusal(disabled))
        .isEqualTo(
            "The password of the ledger cannot be read: The secret version "
                + disabled
                + " is disabled or destroyed; enable it, or name another version in"
                + " passwordSecret.");
    assertThat(refusal(SECRET + "/versions/9"))
        .startsWith("The password of the ledger cannot be read: There is no secret version");
  }

  @Test
  void namesAWrongPassword() throws Exception {
    assertThat(refusal(google.add(SECRET, "wr0ng-one")))
        .startsWith("PostgreSQL refuses the user or the password of the ledger 127.0.0.1:")
        .endsWith("; check ledger.username and ledger.passwordEnv or ledger.passwordSecret.");
  }

  private String refusal(String version) throws Exception {
    AttuneConfig config = config(version);
    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> Ledger.open(config, shell()));
    assertThat(failure.code()).isEqualTo(FailureCode.LEDGER);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain(LedgerKind.PASSWORD, "wr0ng-one");
    }
    return String.valueOf(failure.getMessage());
  }

  private AttuneConfig config(String version) throws Exception {
    Path file = folder.resolve("attune.yaml");
    Files.writeString(
        file,
        "dataset: talk\ntask: conversation\nsources: {generated: {files: [a.jsonl]}}\n"
            + "ledger: {jdbcUrl: \"jdbc:postgresql://127.0.0.1:"
            + server.getPort()
            + "/books\", username: bookkeeper, passwordSecret: "
            + version
            + "}\n");
    return ConfigLoader.load(file);
  }

  private Shell shell() {
    Shell plain = new TestShell(folder).shell();
    return new Shell(
        plain.out(),
        plain.err(),
        false,
        folder,
        Map.of("ATTUNE_SECRET_ENDPOINT", google.endpoint()),
        plain.clock());
  }
}
