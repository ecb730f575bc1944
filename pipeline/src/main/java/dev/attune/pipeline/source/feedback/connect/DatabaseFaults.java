package dev.attune.pipeline.source.feedback.connect;

import dev.attune.message.Messages;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes failures while rows are read, in one sentence for each kind. The database's own message
 * may quote records, so it is never shown.
 */
public final class DatabaseFaults {
  /** PostgreSQL: table, schema; H2: table (three ways), schema, database. */
  private static final Set<String> NO_TABLE =
      Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079", "90013");

  private static final Set<String> NO_RIGHT = Set.of("42501", "90096");
  private static final Set<String> STOPPED = Set.of("57P01", "57P02", "57P03", "90067", "90098");
  private static final String CONFLICT = "40";
  private static final String RESOURCES = "53";
  private static final String VALUE = "22";

  /** PostgreSQL and H2. */
  private static final Set<String> CANCELLED = Set.of("57014", "HYT00");

  private static final String LOCKED = "55P03";
  private static final Set<String> WRITES = Set.of("25006", "90097");

  private static final String NOT_UTF8 = "22021";

  private DatabaseFaults() {}

  /**
   * Returns the failure for a stack trace. A failure that rows may have caused loses its message,
   * which may quote them.
   */
  public static SQLException withoutData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (isLost(state)) {
      return e;
    }
    SQLException plain = new SQLException("SQLState " + state, state, e.getErrorCode());
    plain.setStackTrace(e.getStackTrace());
    return plain;
  }

  private static boolean isLost(String state) {
    return state.startsWith("08") || STOPPED.contains(state);
  }

  public static boolean isMissingTable(SQLException e) {
    return NO_TABLE.contains(String.valueOf(e.getSQLState()));
  }

  public static boolean isMissingRight(SQLException e) {
    return NO_RIGHT.contains(String.valueOf(e.getSQLState()));
  }

  /** Returns a sentence about {@code place}, a table's name or {@code query}. */
  public static String sentence(
      SQLException e, String place, JdbcAddress address, @Nullable String username) {
    String state = String.valueOf(e.getSQLState());
    String database = address.described();
    if (NO_RIGHT.contains(state)) {
      return Messages.of("pipeline.feedback.no-right", user(username), place, database);
    }
    if (isLost(state)) {
      return Messages.of("pipeline.feedback.lost", address.server(), place);
    }
    if (CANCELLED.contains(state)) {
      return Messages.of("pipeline.feedback.cancelled", place, database);
    }
    if (state.equals(LOCKED)) {
      return Messages.of("pipeline.feedback.locked", place, database);
    }
    if (state.equals(NOT_UTF8)) {
      return Messages.of("pipeline.feedback.not-utf8", place, database);
    }
    if (WRITES.contains(state)) {
      return Messages.of("pipeline.feedback.writes", place, database);
    }
    if (state.startsWith(CONFLICT)) {
      return Messages.of("pipeline.feedback.conflict", place, database);
    }
    if (state.startsWith(RESOURCES)) {
      return Messages.of("pipeline.feedback.resources", place, database, state);
    }
    return state.startsWith(VALUE)
        ? Messages.of("pipeline.feedback.value", place, database, fault(state), state)
        : Messages.of("pipeline.feedback.refused", place, database, state);
  }

  /** Returns the fault of a value in a row. */
  private static String fault(String state) {
    return switch (state) {
      case "22P02", "22018" -> Messages.of("pipeline.feedback.value-cast");
      case "22007" -> Messages.of("pipeline.feedback.value-time");
      case "22008" -> Messages.of("pipeline.feedback.value-time-range");
      case "22003" -> Messages.of("pipeline.feedback.value-number-range");
      case "22012" -> Messages.of("pipeline.feedback.value-zero");
      case "22030" -> Messages.of("pipeline.feedback.value-json-key");
      case "22032" -> Messages.of("pipeline.feedback.value-json");
      default -> Messages.of("pipeline.feedback.value-other");
    };
  }

  /** Returns a user's name for sentences. */
  public static String user(@Nullable String username) {
    return username == null ? "without a name" : username;
  }
}
