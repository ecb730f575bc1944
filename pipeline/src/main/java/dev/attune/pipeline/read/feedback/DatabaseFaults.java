package dev.attune.pipeline.read.feedback;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a query's failure is called. The database's own message may quote records, so it is not. */
final class DatabaseFaults {
  /** PostgreSQL: table, schema; H2: table (three ways), schema, database. */
  private static final Set<String> NO_TABLE =
      Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079", "90013");

  private static final Set<String> NO_RIGHT = Set.of("42501", "90096");
  private static final Set<String> STOPPED = Set.of("57P01", "57P02", "57P03", "90067", "90098");
  private static final String CANCELLED = "57014";
  private static final String NOT_UTF8 = "22021";

  private DatabaseFaults() {}

  static boolean isMissingTable(SQLException e) {
    return NO_TABLE.contains(String.valueOf(e.getSQLState()));
  }

  /** One sentence about {@code place}, a table's name or {@code query}. */
  static String sentence(
      SQLException e, String place, JdbcAddress address, @Nullable String username) {
    String state = String.valueOf(e.getSQLState());
    String what = place + " in the database " + address.described();
    if (NO_RIGHT.contains(state)) {
      return "The user "
          + (username == null ? "without a name" : username)
          + " may not read "
          + what
          + "; grant SELECT.";
    }
    if (state.startsWith("08") || STOPPED.contains(state)) {
      return "The connection to "
          + address.server()
          + " was lost while reading "
          + place
          + "; see that the database is running and start again.";
    }
    if (state.equals(CANCELLED)) {
      return "The database cancelled the reading of " + what + "; raise its statement_timeout.";
    }
    if (state.equals(NOT_UTF8)) {
      return what + " holds a text that is no UTF-8 and that it cannot send; mend its encoding.";
    }
    return "The database refuses to read " + what + " (SQLState " + state + "); see its log.";
  }
}
