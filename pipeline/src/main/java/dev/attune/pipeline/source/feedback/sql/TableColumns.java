package dev.attune.pipeline.source.feedback.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table or query, by their names in the database and in its order.
 *
 * @param quote the quotation mark of names in SQL
 */
public record TableColumns(String quote, Map<String, Column> columns) {
  /** A column's kind, and the database's name of its type. */
  record Column(ColumnKind kind, String type) {}

  /**
   * Returns the columns of a SELECT. The database parses it and reads no row.
   *
   * @param select without a WHERE
   */
  public static TableColumns of(Connection connection, String select) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet nothing = statement.executeQuery(select + " WHERE 1 = 0")) {
      ResultSetMetaData labels = nothing.getMetaData();
      Map<String, Column> columns = new LinkedHashMap<>();
      for (int i = 1; i <= labels.getColumnCount(); i++) {
        columns.put(
            labels.getColumnLabel(i),
            new Column(ColumnKind.of(labels, i), labels.getColumnTypeName(i)));
      }
      return new TableColumns(connection.getMetaData().getIdentifierQuoteString(), columns);
    }
  }

  /** Returns all names. */
  public List<String> labels() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Returns the database's name of a column, or null if it has none or several that differ only in
   * case. A name in quotation marks is matched exactly.
   */
  public @Nullable String label(String name) {
    if (columns.containsKey(name)) {
      return name;
    }
    if (TableName.isQuoted(name)) {
      String plain = TableName.unquoted(name);
      return columns.containsKey(plain) ? plain : null;
    }
    List<String> labels =
        columns.keySet().stream().filter(label -> label.equalsIgnoreCase(name)).toList();
    return labels.size() == 1 ? labels.get(0) : null;
  }

  /** Returns the column quoted for SQL. */
  public String quoted(String name) {
    String label = label(name);
    return TableName.quoted(label == null ? name : label, quote);
  }

  /** Returns the column's kind; text if there is no such column. */
  public ColumnKind kind(String name) {
    Column column = columns.get(label(name));
    return column == null ? ColumnKind.TEXT : column.kind();
  }

  /** Returns the database's name of the column's type; empty if there is no such column. */
  public String type(String name) {
    Column column = columns.get(label(name));
    return column == null ? "" : column.type();
  }
}
