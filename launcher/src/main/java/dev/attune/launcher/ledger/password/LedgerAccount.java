package dev.attune.launcher.ledger.password;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to an H2 ledger as its user {@code sa} with the password of its file. A ledger
 * of a version without passwords, or whose process was killed before it set the password, is opened
 * with the empty password and then gets the password of the file. Other connections, also of other
 * processes, stay open.
 */
public final class LedgerAccount implements DataSource {
  private static final String USER = "sa";

  /** H2: wrong user name or password. */
  public static final String WRONG_PASSWORD = "28000";

  /** H2: the file is corrupt. */
  private static final String CORRUPT = "90030";

  private final JdbcDataSource database;
  private final Path file;
  private final PasswordFile passwordFile;
  private final LongSupplier version;
  private @Nullable String known;

  /**
   * Creates the account of a ledger.
   *
   * @param url the URL of H2, without user and password
   * @param file the {@code .mv.db} file, which need not exist
   * @param version returns the least version of the data in the file before H2 opens it
   */
  public LedgerAccount(String url, Path file, PasswordFile passwordFile, LongSupplier version) {
    this.database = new JdbcDataSource();
    this.database.setURL(url);
    this.file = file;
    this.passwordFile = passwordFile;
    this.version = version;
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    String password = known == null ? firstPassword() : known;
    if (password != null) {
      try {
        return open(password);
      } catch (SQLException e) {
        if (!WRONG_PASSWORD.equals(e.getSQLState())) {
          throw e;
        }
      }
    }
    return openWithoutPassword(password);
  }

  private Connection open(String password) throws SQLException {
    Connection connection = database.getConnection(USER, password);
    known = password;
    return connection;
  }

  /**
   * Returns the password of the file, which is created for a new ledger; or null without a file.
   */
  private @Nullable String firstPassword() throws SQLException {
    try {
      String password = passwordFile.read();
      boolean isNew = !Files.exists(file) || Files.size(file) == 0;
      return password == null && isNew ? passwordFile.readOrCreate() : password;
    } catch (IOException e) {
      throw new PasswordFileException(passwordFile.path(), e);
    }
  }

  private Connection openWithoutPassword(@Nullable String refused) throws SQLException {
    long before = version.getAsLong();
    Connection connection;
    try {
      connection = database.getConnection(USER, "");
    } catch (SQLException e) {
      String now = WRONG_PASSWORD.equals(e.getSQLState()) ? firstPassword() : null;
      if (now != null && !now.equals(refused)) {
        return open(now); // Another process has just set it.
      }
      throw e;
    }
    try {
      refuseOlder(connection, before);
      String password = passwordFile.readOrCreate();
      try (PreparedStatement set = connection.prepareStatement("alter user sa set password ?")) {
        set.setString(1, password);
        set.execute();
      }
      known = password;
      return connection;
    } catch (IOException e) {
      connection.close();
      throw new PasswordFileException(passwordFile.path(), e);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Refuses a truncated file, of which H2 opened an older state, before anything is written. */
  private static void refuseOlder(Connection connection, long before) throws SQLException {
    try (PreparedStatement ask =
            connection.prepareStatement(
                "select setting_value from information_schema.settings where setting_name ="
                    + " 'info.CURRENT_VERSION'");
        var rows = ask.executeQuery()) {
      if (rows.next() && rows.getLong(1) < before) {
        throw new SQLException("the file is older than its header", CORRUPT);
      }
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the ledger has one user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    database.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return database.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
