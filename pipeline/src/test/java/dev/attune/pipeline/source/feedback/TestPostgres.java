package dev.attune.pipeline.source.feedback;

import dev.attune.config.SourcesConfig.Connection;
import dev.attune.testing.postgresql.PostgresPasswords;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A real PostgreSQL for all tests of this JVM, stopped when it exits. The user {@code reader} must
 * give a password.
 */
final class TestPostgres {
  static final String VARIABLE = "FEEDBACK_DB_PASSWORD";
  static final String PASSWORD = "s3cret-of-the-reader";
  static final Map<String, String> ENVIRONMENT = Map.of(VARIABLE, PASSWORD);

  private static final EmbeddedPostgres SERVER = start();

  private TestPostgres() {}

  static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.start();
      try (java.sql.Connection owner = server.getPostgresDatabase().getConnection();
          Statement statement = owner.createStatement()) {
        statement.execute("CREATE ROLE reader LOGIN PASSWORD '" + PASSWORD + "'");
        statement.execute("GRANT pg_read_all_data TO reader");
        statement.execute("CREATE ROLE stranger LOGIN PASSWORD '" + PASSWORD + "'");
        PostgresPasswords.require(owner);
      }
      return server;
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("PostgreSQL did not start", e);
    }
  }

  static int port() {
    return SERVER.getPort();
  }

  /** Connected as the owner of everything. */
  static java.sql.Connection owner() throws SQLException {
    return SERVER.getPostgresDatabase().getConnection();
  }

  static void execute(String... statements) throws SQLException {
    try (java.sql.Connection owner = owner();
        Statement statement = owner.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String url() {
    return url(port());
  }

  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  static Connection reader() {
    return new Connection(url(), "reader", VARIABLE, null);
  }
}
