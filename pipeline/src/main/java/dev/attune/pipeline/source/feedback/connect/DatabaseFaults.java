package dev.attune.pipeline.source.feedback.connect;

import java.sql.SQLException;
import java.util.Map;
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

  /** The faults of a value in a row, by SQL state. */
  private static final Map<String, String> VALUES =
      Map.of(
          "22P02", "a text is not of the type that it is cast to",
          "22018", "a text is not of the type that it is cast to",
          "22007", "a text is not a time",
          "22008", "a time is out of range",
          "22003", "a number is out of range",
          "22012", "a number is divided by zero",
          "22030", "a JSON object has a key twice",
          "22032", "a text is not JSON");

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
    String what = place + " in the database " + address.described();
    if (NO_RIGHT.contains(state)) {
      return user(username)
          + " may not read "
          + what
          + "; grant SELECT on it, and USAGE on its schema.";
    }
    if (isLost(state)) {
      return "The connection to "
          + address.server()
          + " was lost while reading "
          + place
          + "; check that the database is running and start again.";
    }
    if (CANCELLED.contains(state)) {
      return "The database cancelled the reading of " + what + "; raise its statement_timeout.";
    }
    if (state.equals(LOCKED)) {
      return "Another session has locked " + what + "; start again when it is done.";
    }
    if (state.equals(NOT_UTF8)) {
      return what + " has a text that is not UTF-8 and cannot be sent; correct its encoding.";
    }
    if (WRITES.contains(state)) {
      return what + " writes, and Attune only reads; configure a SELECT that changes nothing.";
    }
    if (state.startsWith(CONFLICT)) {
      return "The database ended the reading of "
          + what
          + " because of a conflict with another transaction; start again.";
    }
    if (state.startsWith(RESOURCES)) {
      return "The database has too little memory, disk or connections to read "
          + what
          + " (SQLState "
          + state
          + "); see its log.";
    }
    if (state.startsWith(VALUE)) {
      String value =
          VALUES.getOrDefault(state, "a value does not have the form that its expressions require");
      return "The database cannot read "
          + what
          + ": "
          + value
          + " (SQLState "
          + state
          + "); correct the row, or the expression in sources.feedback.query.";
    }
    return "The database refuses to read " + what + " (SQLState " + state + "); see its log.";
  }

  public static String user(@Nullable String username) {
    return "The user " + (username == null ? "without a name" : username);
  }
}
