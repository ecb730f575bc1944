package dev.attune.pipeline.read.feedback;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The query that reads feedback, range by range.
 *
 * @param select {@code SELECT columns FROM table}; the columns in the order of {@link
 *     FeedbackRow#fields}, without those that are not mapped
 * @param kinds what each field holds, in the same order; null where it is not mapped
 * @param partition the column to read ranges of, or null: one reader
 */
record RowQuery(
    String select, List<@Nullable ColumnKind> kinds, @Nullable PartitionColumn partition)
    implements Serializable {
  /**
   * Rows that the driver holds at a time; with automatic commit off PostgreSQL streams the rest.
   */
  static final int FETCH_SIZE = 5_000;

  /** Hands on every row of the range, in no order. */
  void read(Connection connection, RowRange range, Consumer<FeedbackRow> rows) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            select + where(range), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(FETCH_SIZE);
      bind(statement, range);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.accept(row(result));
        }
      }
    }
    connection.rollback(); // Nothing was written; it only ends the transaction.
  }

  private String where(RowRange range) {
    if (partition == null) {
      return "";
    }
    String column = partition.quoted();
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
    if (partition == null) {
      return;
    }
    int index = 1;
    if (range.from() != null) {
      partition.bind(statement, index++, range.from());
    }
    if (range.below() != null) {
      partition.bind(statement, index, range.below());
    }
  }

  private FeedbackRow row(ResultSet result) throws SQLException {
    @Nullable String[] fields = new @Nullable String[kinds.size()];
    int column = 1;
    for (int i = 0; i < fields.length; i++) {
      ColumnKind kind = kinds.get(i);
      if (kind != null) {
        fields[i] = kind.text(result, column++);
      }
    }
    return new FeedbackRow(
        fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
  }
}
