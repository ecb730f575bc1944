package dev.attune.launcher.ledger;

import dev.attune.config.jdbc.CloudSqlFaults;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens connections to a PostgreSQL ledger with its whole URL. The driver's own data sources drop
 * the options that are not the driver's, and with them the Cloud SQL instance.
 */
final class PostgresSource implements DataSource {
  private static final int CONNECT_SECONDS = 10;

  private final Driver driver = new Driver();
  private final String url;
  private final Properties properties = new Properties();

  /**
   * Creates a source.
   *
   * @param username or null: the one of the URL
   * @param password or null for a database without passwords
   */
  PostgresSource(String url, @Nullable String username, @Nullable String password) {
    this.url = url;
    if (username != null) {
      properties.setProperty("user", username);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
    properties.setProperty("ApplicationName", "attune");
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("The driver does not take the URL", "08001");
    }
    return connection;
  }

  /** Returns the sentence for a failure of Cloud SQL, or null for any other one. */
  @Nullable String cloudSqlSentence(SQLException failure) {
    String user = properties.getProperty("user");
    return CloudSqlFaults.sentence(failure, url, user == null ? "the user" : "the user " + user);
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the ledger has one user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException("nothing is logged");
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    throw new SQLFeatureNotSupportedException("the time-out is fixed");
  }

  @Override
  public int getLoginTimeout() {
    return CONNECT_SECONDS;
  }

  @Override
  public Logger getParentLogger() {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
