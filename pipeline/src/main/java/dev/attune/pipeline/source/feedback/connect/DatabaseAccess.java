package dev.attune.pipeline.source.feedback.connect;

import dev.attune.config.jdbc.CloudSqlFaults;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.h2.H2FileContents;
import dev.attune.pipeline.source.h2.H2Guard;
import java.io.Serializable;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens read-only connections within a deadline, in the launcher and in workers. Contains no
 * password, only a reference that is resolved for each connection.
 *
 * @param address of the database
 * @param username or null
 * @param password a reference, or null for a database without passwords
 * @param deadline for connecting; it is kept even if the driver does not return
 */
public record DatabaseAccess(
    JdbcAddress address,
    @Nullable String username,
    @Nullable PasswordReference password,
    Duration deadline)
    implements Serializable {
  /** H2's state if another process has the file open. */
  private static final String ALREADY_OPEN = "90020";

  /** Opens a read-only connection without automatic commit. The caller closes it. */
  public Connection open() throws SourceException {
    Driver driver = driver();
    Properties properties = properties();
    CompletableFuture<Connection> opened = new CompletableFuture<>();
    Thread thread =
        new Thread(() -> connect(driver, properties, opened), "attune-connects-to-feedback");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, failure) -> opened.completeExceptionally(failure));
    thread.start();
    try {
      return opened.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (opened.completeExceptionally(e)) {
        throw new SourceException(cannotConnect(), e);
      }
      return opened.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opened.completeExceptionally(e);
      throw new SourceException(
          Messages.of("pipeline.database.interrupted", address.described()), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException cause) {
        throw cause;
      }
      if (e.getCause() instanceof SQLException cause) {
        throw new SourceException(refusal(cause), cause);
      }
      throw new IllegalStateException("The driver for " + address.kind() + " failed", e.getCause());
    }
  }

  private void connect(Driver driver, Properties properties, CompletableFuture<Connection> opened) {
    try {
      Connection connection = connect(driver, properties);
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      if (!opened.complete(connection)) {
        connection.close(); // The deadline has passed.
      }
    } catch (SQLException | SourceException e) {
      opened.completeExceptionally(e);
    }
  }

  /** Connects; to an H2 file that another process shares (AUTO_SERVER), through that process. */
  private Connection connect(Driver driver, Properties properties)
      throws SQLException, SourceException {
    Path data = address.dataFile();
    if (data == null) {
      return connect(driver, address.url(), properties);
    }
    String server = null;
    try {
      return H2Guard.open(data, address.server(), () -> connect(driver, address.url(), properties));
    } catch (H2FileContents.InUseException e) {
      server = urlOfServer();
      if (server == null) {
        throw new SourceException(alreadyOpen(), e);
      }
    } catch (SQLException e) {
      server = ALREADY_OPEN.equals(e.getSQLState()) ? urlOfServer() : null;
      if (server == null) {
        throw e;
      }
    }
    return connect(driver, server, properties);
  }

  /** Requires that the lock file is this user's: another user's server would get the password. */
  private @Nullable String urlOfServer() throws SourceException {
    Path lock = address.lockFile();
    if (lock != null) {
      H2Guard.requireOwn(lock, address.server());
    }
    return lock == null ? null : address.urlOfServer();
  }

  private static Connection connect(Driver driver, String url, Properties properties)
      throws SQLException {
    Connection connection = driver.connect(url, properties);
    if (connection == null) {
      throw new SQLException("The driver does not take the URL", "08001");
    }
    return connection;
  }

  /** Finds the driver without DriverManager, which knows only the system class loader's. */
  private Driver driver() throws SourceException {
    try {
      for (Driver driver :
          ServiceLoader.load(Driver.class, DatabaseAccess.class.getClassLoader())) {
        if (driver.acceptsURL(address.url())) {
          return driver;
        }
      }
    } catch (SQLException e) {
      throw new SourceException(address.malformed(), e);
    }
    throw new SourceException(address.isShipped() ? address.malformed() : address.foreign());
  }

  private Properties properties() throws SourceException {
    Properties properties = new Properties();
    if (username != null) {
      properties.setProperty("user", username);
    }
    if (password != null) {
      properties.setProperty("password", password.resolve());
    }
    if (address.kind().equals("jdbc:postgresql")) {
      // Later than the deadline above, whose sentence is clearer: the driver reports its own
      // time-out like a refused connection.
      String seconds = Long.toString(deadline.toSeconds() + 5);
      properties.setProperty("connectTimeout", seconds);
      properties.setProperty("loginTimeout", seconds);
      properties.setProperty("tcpKeepAlive", "true");
      properties.setProperty("ApplicationName", "attune");
    }
    return properties;
  }

  private String cannotConnect() {
    return Messages.of("pipeline.database.timeout", address.server(), deadline.toSeconds());
  }

  private String refusal(SQLException e) {
    String cloudSql = CloudSqlFaults.sentence(e, address.url(), describedUser());
    if (cloudSql != null) {
      return cloudSql;
    }
    String state = String.valueOf(e.getSQLState());
    String server = address.server();
    return switch (state) {
      case "28P01", "28000" -> refusedUser();
      case "3D000", "90013", "90146" ->
          Messages.of("pipeline.database.no-database", address.described());
      case "08004" ->
          Messages.of(
              password == null
                  ? "pipeline.database.password-required"
                  : "pipeline.database.refused-connection",
              server);
      case "53300" -> Messages.of("pipeline.database.full", server);
      case "57P03" -> Messages.of("pipeline.database.starting", server);
      case "90113" -> Messages.of("pipeline.database.url-option");
      case "90011", "90046" -> address.malformed();
      case ALREADY_OPEN -> alreadyOpen();
      default -> otherRefusal(e, state);
    };
  }

  private String alreadyOpen() {
    Path lock = address.lockFile();
    return lock == null
        ? Messages.of("pipeline.database.in-use", address.server())
        : Messages.of("pipeline.database.in-use-or-left", address.server(), lock);
  }

  private String otherRefusal(SQLException e, String state) {
    if (e.getCause() instanceof ClassNotFoundException) {
      return Messages.of("pipeline.database.socket-factory");
    }
    if (e.getCause() instanceof UnknownHostException) {
      return Messages.of("pipeline.database.no-host", address.server());
    }
    if (e.getCause() instanceof SocketTimeoutException) {
      return cannotConnect();
    }
    if (state.equals("08001") && e.getCause() == null) {
      return Messages.of("pipeline.database.options", address.server());
    }
    return state.startsWith("08") || state.equals("90067")
        ? Messages.of("pipeline.database.refused", address.server())
        : Messages.of("pipeline.database.refused-otherwise", address.server(), state);
  }

  private String refusedUser() {
    String user = describedUser();
    return password == null
        ? Messages.of("pipeline.database.refused-without-password", address.server(), user)
        : Messages.of(
            "pipeline.database.refused-user", address.server(), user, password.described());
  }

  private String describedUser() {
    return username == null ? "the user" : "the user " + username;
  }
}
