package dev.attune.launcher.ledger;

import dev.attune.config.AttuneConfig;
import dev.attune.config.ConfigException;
import dev.attune.config.ConfigLoader;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.Shell;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The two databases that a ledger is kept in, both real; a new one for every folder. */
public enum LedgerKind {
  H2,
  POSTGRESQL;

  public static final String VARIABLE = "LEDGER_PASSWORD";
  public static final String PASSWORD = "s3cret-of-the-bookkeeper";

  private static @Nullable EmbeddedPostgres server;

  /** The lines of attune.yaml that configure a ledger in a folder. */
  public String yaml(Path folder) {
    return this == H2
        ? "ledger: {jdbcUrl: \"jdbc:h2:file:" + folder.resolve("ledger") + "\"}\n"
        : "ledger: {jdbcUrl: \""
            + database(folder)
            + "\", username: bookkeeper, passwordEnv: "
            + VARIABLE
            + "}\n";
  }

  /** Opens the ledger of a folder. */
  public Ledger open(Path folder, Shell shell) throws CommandFailure {
    Map<String, String> environment = new HashMap<>(shell.environment());
    environment.put(VARIABLE, PASSWORD);
    Shell withPassword =
        new Shell(
            shell.out(),
            shell.err(),
            shell.terminal(),
            shell.directory(),
            environment,
            shell.clock());
    return Ledger.open(config(folder), withPassword);
  }

  /** A whole configuration with this ledger. */
  public AttuneConfig config(Path folder) {
    try {
      return ConfigLoader.load(write(folder));
    } catch (ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path write(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("attune.yaml"),
          "dataset: talk\ntask: conversation\nsources: {generated: {files: [a.jsonl]}}\n"
              + yaml(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static synchronized String database(Path folder) {
    try {
      EmbeddedPostgres running = server;
      if (running == null) {
        running = EmbeddedPostgres.start();
        server = running;
        execute(running, "CREATE ROLE bookkeeper LOGIN PASSWORD '" + PASSWORD + "'");
      }
      String name = "ledger_" + Integer.toHexString(folder.toString().hashCode());
      if (!exists(running, name)) {
        execute(running, "CREATE DATABASE " + name + " OWNER bookkeeper");
      }
      return "jdbc:postgresql://127.0.0.1:" + running.getPort() + "/" + name;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("PostgreSQL did not start", e);
    }
  }

  private static boolean exists(EmbeddedPostgres running, String name) throws SQLException {
    try (Connection owner = running.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      return statement
          .executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")
          .next();
    }
  }

  private static void execute(EmbeddedPostgres running, String sql) throws SQLException {
    try (Connection owner = running.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
