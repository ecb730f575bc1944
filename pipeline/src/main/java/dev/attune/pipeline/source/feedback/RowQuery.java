package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.feedback.sql.ColumnKind;
import dev.attune.pipeline.source.feedback.sql.JsonText;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The query that reads feedback, range by range.
 *
 * @param select {@code SELECT columns FROM table}; the columns in the order of {@link
 *     FeedbackRow#fields}, without those that are not mapped
 * @param kinds of the fields, in the same order; null if the field is not mapped
 * @param partition the column of the ranges, or null for one reader
 */
record RowQuery(
    String select, List<@Nullable ColumnKind> kinds, @Nullable PartitionColumn partition)
    implements Serializable {
  /** Most rows in the driver's memory; without automatic commit PostgreSQL streams the rest. */
  static final int MOST_FETCHED = 5_000;

  /** Rows to fetch before their size is known. */
  private static final int FIRST_FETCHED = 200;

  /** Approximate number of characters in the driver's memory. */
  private static final long CHARACTERS_FETCHED = 8_000_000;

  /** Reads every row of the range, in no order. */
  void read(Connection connection, RowRange range, Consumer<FeedbackRow> rows) throws SQLException {
    try (Statement statement = statement(connection, range)) {
      statement.setFetchSize(FIRST_FETCHED);
      try (ResultSet result =
          statement instanceof PreparedStatement prepared
              ? prepared.executeQuery()
              : statement.executeQuery(select)) {
        long count = 0;
        long characters = 0;
        while (result.next()) {
          FeedbackRow row = row(result);
          characters += row.characters();
          if (++count % FIRST_FETCHED == 0) {
            result.setFetchSize(fetchSize(count, characters));
          }
          rows.accept(row);
        }
      }
    }
    connection.rollback(); // Ends the transaction; nothing was written.
  }

  /** Prepares a statement only if it has bounds: question marks in a query are not parameters. */
  private Statement statement(Connection connection, RowRange range) throws SQLException {
    if (partition == null) {
      return connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    }
    PreparedStatement prepared =
        connection.prepareStatement(
            select + where(range), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    bind(prepared, range);
    return prepared;
  }

  /** Returns how many rows of the average size so far to fetch at a time. */
  static int fetchSize(long rows, long characters) {
    return (int)
        Math.max(1, Math.min(MOST_FETCHED, CHARACTERS_FETCHED * rows / Math.max(1, characters)));
  }

  private String where(RowRange range) {
    String column = Objects.requireNonNull(partition).quoted();
    if (range.nulls()) {
      return " WHERE " + column + " IS NULL";
    }
    if (range.from() == null) {
      return " WHERE " + column + (range.below() == null ? " IS NOT NULL" : " < ?");
    }
    String from = " WHERE " + column + " >= ?";
    return range.below() == null ? from : from + " AND " + column + " < ?";
  }

  private void bind(PreparedStatement statement, RowRange range) throws SQLException {
    PartitionColumn by = Objects.requireNonNull(partition);
    int index = 1;
    if (range.from() != null) {
      by.bind(statement, index++, range.from());
    }
    if (range.below() != null) {
      by.bind(statement, index, range.below());
    }
  }

  private FeedbackRow row(ResultSet result) throws SQLException {
    @Nullable String[] fields = new @Nullable String[kinds.size()];
    int structured = 0;
    int column = 1;
    for (int i = 0; i < fields.length; i++) {
      ColumnKind kind = kinds.get(i);
      String text = kind == null ? null : kind.text(result, column++);
      if (kind == ColumnKind.JSON && text != null) {
        boolean whole = JsonText.isStructured(text);
        structured |= whole ? 1 << i : 0;
        text = whole ? text : JsonText.scalar(text);
      }
      fields[i] = text;
    }
    return new FeedbackRow(
        fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], structured);
  }
}
