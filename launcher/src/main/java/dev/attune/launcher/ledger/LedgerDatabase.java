package dev.attune.launcher.ledger;

import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.FailureCode;
import dev.attune.message.Messages;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * The database of a ledger: one connection, one transaction at a time. If the connection breaks,
 * the transaction is repeated on a new one: H2's first process may end while a second one works.
 */
public final class LedgerDatabase implements AutoCloseable {
  private static final RetryPolicy<Object> RETRY =
      RetryPolicy.builder()
          .handleIf(LedgerDatabase::isTransientFault)
          .withBackoff(Duration.ofMillis(50), Duration.ofSeconds(2))
          .withMaxRetries(8)
          .build();

  /** Repeats also after a unique violation: another process entered the row at the same moment. */
  private static final RetryPolicy<Object> RETRY_ALSO_UNIQUE_VIOLATIONS =
      RetryPolicy.builder(RETRY.getConfig())
          .handleIf(failure -> isTransientFault(failure) || isUniqueViolation(failure))
          .build();

  /**
   * SQL states of transient faults. H2: connection broken, database closed, or being opened or
   * closed by another process. Both databases: deadlock, lock timeout.
   */
  private static final Set<String> MAY_PASS =
      Set.of(
          "90067", "90121", "90098", "90020", "90135", "40001", "40P01", "HYT00", "50200", "55P03");

  /** The SQL state of H2 and PostgreSQL. */
  private static final String UNIQUE_VIOLATION = "23505";

  /** The versions of the migrations beside this class, SQL files and Java, as text in order. */
  static final List<String> MIGRATIONS = List.of("1", "2", "3", "4", "5", "6");

  private static final String TABLE = "attune_migrations";

  // A strong reference: a logger without one loses its level.
  private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

  private final Connections connections;
  private final InstantSource clock;
  private final String user;
  private @Nullable Handle handle;

  private LedgerDatabase(Connections connections, InstantSource clock) {
    this.connections = connections;
    this.clock = clock;
    this.user = System.getProperty("user.name", "unknown");
  }

  /**
   * Opens a ledger.
   *
   * @param seen the state of an H2 file before it was opened, or null
   * @throws LedgerFailure if the disk is full
   */
  static LedgerDatabase open(
      Connections connections, LedgerFile.@Nullable Seen seen, InstantSource clock)
      throws CommandFailure {
    LedgerDatabase book = new LedgerDatabase(connections, clock);
    LedgerFile file = connections.file();
    try {
      book.in(handle -> handle.select("select 1").mapTo(Integer.class).one());
      boolean current = book.isCurrent();
      if (file != null && seen != null && seen.existed()) {
        book.refuseTruncated(file, seen, current);
      }
      if (!current) {
        migrate(connections);
      }
    } catch (CommandFailure e) {
      book.close();
      throw e;
    } catch (LedgerFailure | JdbiException | FlywayException e) {
      book.close();
      SQLException cause = sqlCause(e);
      if (DiskFull.isCauseOf(e)) {
        if (file != null && seen != null && !seen.existed()) {
          file.removeIfEmpty();
        }
        throw DiskFull.of(connections.ledger(), e);
      }
      if (cause != null) {
        throw connections.refusal(cause);
      }
      throw e;
    }
    return book;
  }

  /** Refuses a truncated file, of which H2 opens an older state. */
  private void refuseTruncated(LedgerFile file, LedgerFile.Seen seen, boolean current)
      throws CommandFailure {
    boolean isOlder =
        in(
            handle ->
                handle
                    .select(
                        "select setting_value from information_schema.settings where setting_name ="
                            + " 'info.CURRENT_VERSION'")
                    .mapTo(Long.class)
                    .findFirst()
                    .filter(version -> version < seen.version())
                    .isPresent());
    if (isOlder || (!current && file.hasJobs() && !hasTables())) {
      throw file.damaged(null);
    }
  }

  private boolean hasTables() {
    return in(
        handle ->
            handle
                .select(
                    "select 1 from information_schema.tables where table_name = ? fetch first row"
                        + " only",
                    TABLE)
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
  }

  /** Returns whether exactly the known migrations were applied, so that Flyway is not needed. */
  private boolean isCurrent() {
    try {
      return in(
          handle ->
              handle
                  .select(
                      ("select \"version\" from \"%s\" where \"success\" and \"version\" is not"
                              + " null order by 1")
                          .formatted(TABLE))
                  .mapTo(String.class)
                  .list()
                  .equals(MIGRATIONS));
    } catch (JdbiException e) {
      return false; // A new ledger does not have the table.
    }
  }

  /** The statements of one transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Handle handle);
  }

  /** Runs statements in one transaction, again if its connection breaks. */
  public synchronized <T> T in(Work<T> work) {
    return in(work, RETRY);
  }

  private <T> T in(Work<T> work, RetryPolicy<Object> again) {
    try {
      return Failsafe.with(again).get(() -> attempt(work));
    } catch (FailsafeException e) {
      throw lost(e.getCause());
    } catch (JdbiException e) {
      throw isTransientFault(e) || DiskFull.isCauseOf(e) ? lost(e) : e;
    }
  }

  /**
   * Runs statements in one transaction. After a unique violation they are run again, and see the
   * row that another process entered.
   */
  synchronized void enter(Consumer<Handle> work) {
    enterAndRead(
        handle -> {
          work.accept(handle);
          return true;
        });
  }

  /** Runs statements as {@link #enter} does, and returns what the last of them read. */
  public synchronized <T> T enterAndRead(Work<T> work) {
    return in(work, RETRY_ALSO_UNIQUE_VIOLATIONS);
  }

  /** Runs statements in one transaction; returns empty after a unique violation. */
  <T> Optional<T> tryEnter(Work<Optional<T>> work) {
    try {
      return in(work);
    } catch (JdbiException e) {
      if (isUniqueViolation(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> T attempt(Work<T> work) {
    Handle open = handle;
    if (open == null) {
      open = Jdbi.create(connections.source()).open();
      handle = open;
    }
    try {
      return open.inTransaction(work::on);
    } catch (JdbiException e) {
      if (isTransientFault(e)) {
        forget(open);
      }
      throw e;
    }
  }

  private void forget(Handle broken) {
    handle = null;
    try {
      broken.getConnection().close();
    } catch (SQLException e) {
      Logger.getLogger(LedgerDatabase.class.getName())
          .log(Level.FINE, "A broken connection did not close", e);
    }
  }

  /** Returns the current time in milliseconds, the precision of both databases, and the user. */
  public Stamp stamp() {
    return new Stamp(clock.instant().truncatedTo(ChronoUnit.MILLIS), user);
  }

  private LedgerFailure lost(@Nullable Throwable cause) {
    if (DiskFull.isCauseOf(cause)) {
      return DiskFull.of(connections.ledger(), cause);
    }
    return new LedgerFailure(Messages.of("launcher.ledger.lost", connections.ledger()), cause);
  }

  /**
   * Brings the tables up to date, again if the connection breaks: the process that has an H2 file
   * open may end meanwhile. Every migration can be applied twice.
   */
  private static void migrate(Connections connections) throws CommandFailure {
    if (!Failsafe.with(RETRY).get(() -> isMigrated(connections))) {
      throw new CommandFailure(
          FailureCode.LEDGER, Messages.of("launcher.ledger.newer", connections.ledger()));
    }
  }

  /** Applies the migrations that are missing; returns false if a newer version has applied more. */
  private static boolean isMigrated(Connections connections) {
    FLYWAY.setLevel(Level.OFF); // It throws what it logs.
    Flyway flyway =
        Flyway.configure(LedgerDatabase.class.getClassLoader())
            .dataSource(connections.source())
            .locations("classpath:dev/attune/launcher/ledger")
            .table(TABLE)
            .load();
    if (Stream.of(flyway.info().all())
        .anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)) {
      return false;
    }
    flyway.migrate();
    return true;
  }

  private static boolean isUniqueViolation(Throwable failure) {
    SQLException cause = sqlCause(failure);
    return cause != null && UNIQUE_VIOLATION.equals(cause.getSQLState());
  }

  private static boolean isTransientFault(Throwable failure) {
    SQLException cause = sqlCause(failure);
    if (cause == null || DiskFull.isCauseOf(failure)) {
      return false;
    }
    String state = String.valueOf(cause.getSQLState());
    return state.startsWith("08") || state.startsWith("57P") || MAY_PASS.contains(state);
  }

  private static @Nullable SQLException sqlCause(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  @Override
  public synchronized void close() {
    if (handle != null) {
      forget(handle);
    }
  }
}
