package dev.attune.pipeline.source.feedback.sql;

import dev.attune.message.Messages;
import java.sql.SQLException;
import java.util.Set;
import org.h2.jdbc.JdbcException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The reason why a database refused a query. It has the message of the database if that cannot
 * contain data: the database was still parsing the query, so it had read no row, and the fault
 * concerns syntax, names, types or rights. Such messages quote only the query and the catalogue.
 *
 * @param query as configured
 * @param message of the database; empty if it may contain data
 * @param position in the query in code points, from 1; 0 if it is not known
 */
public record QueryRefusal(String query, String message, int position) {
  private static final String MARK = "[*]";
  private static final int LONGEST_MESSAGE = 200;
  private static final int NEAR = 20;

  /** H2's own states for unknown functions, columns that are not grouped, ambiguous names. */
  private static final Set<String> H2_NAMES =
      Set.of("90016", "90022", "90054", "90059", "90068", "90079");

  /**
   * Parses the exception of a database.
   *
   * @param query as configured
   * @param prefix the part of the statement before it
   */
  public static QueryRefusal of(SQLException e, String query, String prefix) {
    String state = String.valueOf(e.getSQLState());
    boolean names = state.startsWith("42") || H2_NAMES.contains(state);
    if (e instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
      ServerErrorMessage said = postgres.getServerErrorMessage();
      int position = said.getPosition() - prefix.codePointCount(0, prefix.length());
      boolean ofQuery = names && said.getWhere() == null; // Not of a function that it calls.
      return new QueryRefusal(query, ofQuery ? withHint(said) : "", Math.max(0, position));
    }
    if (e instanceof JdbcException h2) {
      return ofH2(h2, names, query, prefix);
    }
    return new QueryRefusal(query, "", 0);
  }

  private static String withHint(ServerErrorMessage said) {
    String message = String.valueOf(said.getMessage());
    String hint = said.getHint();
    return hint == null ? message : message + " (" + hint.replaceFirst("\\.$", "") + ")";
  }

  /** Parses H2's message, which marks the place inside a copy of the statement; omits that copy. */
  private static QueryRefusal ofH2(JdbcException e, boolean names, String query, String prefix) {
    String message = String.valueOf(e.getOriginalMessage());
    String sql = String.valueOf(e.getSQL());
    int mark = mark(message, sql);
    if (mark < 0) {
      return new QueryRefusal(query, names ? message : "", 0);
    }
    int at = Math.max(0, Math.min(query.length(), mark - prefix.length()));
    String near = query.substring(at, Math.min(query.length(), at + NEAR)).strip();
    return new QueryRefusal(
        query,
        near.isEmpty()
            ? Messages.of("pipeline.feedback.query-syntax")
            : Messages.of("pipeline.feedback.query-syntax-near", near),
        query.codePointCount(0, at) + 1);
  }

  /** Returns the index of the mark in the statement, or -1. */
  private static int mark(String message, String sql) {
    String text = unescaped(message);
    int from = text.indexOf('"') + 1;
    for (int at = text.indexOf(MARK, from); at >= 0; at = text.indexOf(MARK, at + 1)) {
      int place = at - from;
      if (place <= sql.length()
          && sql.startsWith(text.substring(from, at))
          && text.startsWith(sql.substring(place), at + MARK.length())) {
        return place;
      }
    }
    return -1;
  }

  /** Reverts H2's escapes: doubled quotation marks and backslashes, control characters as hex. */
  private static String unescaped(String message) {
    StringBuilder text = new StringBuilder(message.length());
    int open = message.indexOf('"');
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      char next = i + 1 < message.length() ? message.charAt(i + 1) : ' ';
      if (i > open && (c == '"' || c == '\\') && next == c) {
        text.append(c);
        i++;
      } else if (c == '\\' && isHex(message, i + 1, i + 5)) {
        text.append((char) Integer.parseInt(message, i + 1, i + 5, 16));
        i += 4;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean isHex(String text, int start, int end) {
    return end <= text.length()
        && text.substring(start, end).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /** Returns place and message, each if known, to follow "is refused by …". */
  public String described() {
    return place() + (message.isEmpty() ? "" : ": " + shortened());
  }

  /** Returns whether the database's message can be shown. */
  public boolean hasMessage() {
    return !message.isEmpty();
  }

  /** Returns the message on one line, or an empty text. */
  public String shortened() {
    String line = message.replaceAll("\\s+", " ").strip();
    if (line.length() <= LONGEST_MESSAGE) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_MESSAGE / 2)) + "…";
  }

  private String place() {
    if (position < 1) {
      return "";
    }
    if (position > query.codePointCount(0, query.length())) {
      return Messages.of("pipeline.feedback.query-at-end");
    }
    int at = query.offsetByCodePoints(0, position - 1);
    int lineStart = query.lastIndexOf('\n', at - 1) + 1;
    long line = query.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    int column = query.codePointCount(lineStart, at) + 1;
    return Messages.of("pipeline.feedback.query-at", line, column);
  }
}
