package dev.attune.pipeline.read.feedback;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.pipeline.read.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table or query with its columns, as the database names them. */
final class FeedbackTable {
  private static final List<String> UPDATE_COLUMNS = List.of("updated_at", "updatedAt");

  private final Feedback feedback;
  private final String quote;
  private final String from;
  private final Map<String, ColumnKind> columns;

  private FeedbackTable(
      Feedback feedback, String quote, String from, Map<String, ColumnKind> columns) {
    this.feedback = feedback;
    this.quote = quote;
    this.from = from;
    this.columns = columns;
  }

  /** Finds the table and every mapped column. Names in another case are found, too. */
  static FeedbackTable find(Connection connection, Feedback feedback, JdbcAddress address)
      throws SQLException, SourceException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    SQLException missing = null;
    for (String from : candidates(feedback, quote)) {
      try {
        FeedbackTable table =
            new FeedbackTable(feedback, quote, from, columns(connection, "SELECT * FROM " + from));
        table.checkColumns(connection);
        return table;
      } catch (SQLException e) {
        if (feedback.table() == null) {
          throw new SourceException(
              "sources.feedback.query is refused by "
                  + address.server()
                  + " (SQLState "
                  + e.getSQLState()
                  + "); try it there.",
              e);
        }
        if (!DatabaseFaults.isMissingTable(e)) {
          throw e;
        }
        missing = e;
        connection.rollback();
      }
    }
    String sentence =
        "There is no table "
            + feedback.table()
            + " in the database "
            + address.described()
            + "; check sources.feedback.table.";
    throw missing == null ? new SourceException(sentence) : new SourceException(sentence, missing);
  }

  /** What stands behind FROM: as written, then as databases fold names that are not quoted. */
  private static Set<String> candidates(Feedback feedback, String quote) {
    Set<String> candidates = new LinkedHashSet<>();
    if (feedback.table() == null) {
      String query = String.valueOf(feedback.query()).strip().replaceFirst(";\\s*$", "");
      candidates.add("(\n" + query + "\n) AS feedback_query"); // The line end closes a comment.
      return candidates;
    }
    List<UnaryOperator<String>> folds =
        List.of(s -> s, s -> s.toLowerCase(Locale.ROOT), s -> s.toUpperCase(Locale.ROOT));
    for (UnaryOperator<String> fold : folds) {
      candidates.add(
          Arrays.stream(feedback.table().split("\\."))
              .map(part -> quoted(fold.apply(part), quote))
              .collect(Collectors.joining(".")));
    }
    return candidates;
  }

  private static String quoted(String name, String quote) {
    return quote + name.replace(quote, quote + quote) + quote;
  }

  private static Map<String, ColumnKind> columns(Connection connection, String select)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet nothing = statement.executeQuery(select + " WHERE 1 = 0")) {
      ResultSetMetaData labels = nothing.getMetaData();
      Map<String, ColumnKind> columns = new LinkedHashMap<>();
      for (int i = 1; i <= labels.getColumnCount(); i++) {
        columns.put(labels.getColumnLabel(i), ColumnKind.of(labels, i));
      }
      return columns;
    }
  }

  /** Every column that is mapped is there and no binary data; all faults in one sentence. */
  private void checkColumns(Connection connection) throws SQLException, SourceException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, String> column : mapped().entrySet()) {
      String label = label(column.getValue());
      if (label == null) {
        missing.add(column.getValue() + " (" + column.getKey() + ")");
      } else if (columns.get(label) == ColumnKind.BINARY) {
        throw new SourceException(
            place() + " holds binary data in its column " + label + "; map a column of text.");
      }
    }
    if (!missing.isEmpty()) {
      throw new SourceException(
          place()
              + " has no column "
              + String.join(", ", missing)
              + "; it has "
              + String.join(", ", columns.keySet())
              + ".");
    }
    columns(connection, rowQuery().select()); // A query may have two columns of one name.
  }

  /** Keys of the configuration and the columns that they name. */
  private Map<String, String> mapped() {
    Map<String, String> mapped = new LinkedHashMap<>();
    List<String> keys =
        List.of("id", "group", "prompt", "response", "rating", "comment", "createdAt");
    List<@Nullable String> values = names();
    for (int i = 0; i < keys.size(); i++) {
      String name = values.get(i);
      if (name != null) {
        mapped.put("sources.feedback.columns." + keys.get(i), name);
      }
    }
    if (feedback.partitionColumn() != null) {
      mapped.put("sources.feedback.partitionColumn", feedback.partitionColumn());
    }
    return mapped;
  }

  /** In the order of {@link FeedbackRow#fields}. */
  private List<@Nullable String> names() {
    FeedbackColumns names = feedback.columns();
    return Arrays.asList(
        names.id(),
        names.group(),
        names.prompt(),
        names.response(),
        names.rating(),
        names.comment(),
        names.createdAt());
  }

  private String place() {
    return feedback.table() == null ? "sources.feedback.query" : "The table " + feedback.table();
  }

  /** The column as the database writes it, or null where there is none. */
  private @Nullable String label(String name) {
    if (columns.containsKey(name)) {
      return name;
    }
    for (String label : columns.keySet()) {
      if (label.equalsIgnoreCase(name)) {
        return label;
      }
    }
    return null;
  }

  private String quotedColumn(String name) {
    String label = label(name);
    return quoted(label == null ? name : label, quote);
  }

  private ColumnKind kind(String name) {
    ColumnKind kind = columns.get(label(name));
    return kind == null ? ColumnKind.TEXT : kind;
  }

  RowQuery rowQuery() throws SourceException {
    List<String> selected = new ArrayList<>();
    List<@Nullable ColumnKind> kinds = new ArrayList<>();
    for (String name : names()) {
      if (name == null) {
        kinds.add(null);
      } else {
        selected.add(quotedColumn(name));
        kinds.add(kind(name));
      }
    }
    String select = "SELECT " + String.join(", ", selected) + " FROM " + from;
    return new RowQuery(select, kinds, partition());
  }

  @Nullable PartitionColumn partition() throws SourceException {
    String name = feedback.partitionColumn();
    if (name == null) {
      return null;
    }
    ColumnKind kind = kind(name);
    if (!kind.dividable()) {
      throw new SourceException(
          "sources.feedback.partitionColumn must be a number or a timestamp, and "
              + name
              + " of "
              + (feedback.table() == null ? "the query" : feedback.table())
              + " is neither; choose another column or leave the key out.");
    }
    return new PartitionColumn(quotedColumn(name), kind);
  }

  ColumnKind idKind() {
    return kind(feedback.columns().id());
  }

  /** Of the column that {@link #factsQuery} takes the greatest time of, or null. */
  @Nullable ColumnKind timeKind() {
    String name = timeColumn();
    return name == null ? null : kind(name);
  }

  private @Nullable String timeColumn() {
    for (String name : UPDATE_COLUMNS) {
      if (label(name) != null) {
        return name;
      }
    }
    return feedback.columns().createdAt();
  }

  /**
   * One row: how many rows, the greatest id, the greatest time, the least and the greatest value of
   * the partition column; 0 for what there is not.
   */
  String factsQuery() {
    String time = timeColumn();
    String partition = feedback.partitionColumn();
    return "SELECT count(*), "
        + greatest(feedback.columns().id())
        + ", "
        + (time == null ? "0" : greatest(time))
        + ", "
        + (partition == null
            ? "0, 0"
            : "min(" + quotedColumn(partition) + "), max(" + quotedColumn(partition) + ")")
        + " FROM "
        + from;
  }

  private String greatest(String name) {
    String column = quotedColumn(name);
    return kind(name).isOrdered()
        ? "max(" + column + ")"
        : "max(CAST(" + column + " AS VARCHAR))"; // PostgreSQL has no max of UUIDs or booleans.
  }
}
