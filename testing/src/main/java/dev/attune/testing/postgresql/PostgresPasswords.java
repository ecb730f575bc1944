package dev.attune.testing.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets a PostgreSQL of this machine ask for passwords. */
public final class PostgresPasswords {
  private PostgresPasswords() {}

  /**
   * Asks every user but {@code postgres} for a password from now on.
   *
   * @param owner a connection of {@code postgres}, which is left open
   */
  public static void require(Connection owner) throws SQLException, IOException {
    try (Statement statement = owner.createStatement()) {
      try (ResultSet file = statement.executeQuery("SHOW hba_file")) {
        file.next();
        Files.writeString(
            Path.of(file.getString(1)),
            "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
