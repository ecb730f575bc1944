package dev.attune.pipeline.source.feedback.sql;

import dev.attune.schema.NearestName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds a table among those that a database lists.
 *
 * @param quote the quotation mark of names in SQL
 * @param schema the one of the connection, or null
 */
public record TableSearch(
    TableName name, String quote, List<Found> tables, @Nullable String schema) {
  private static final String[] TYPES = {
    "TABLE", "BASE TABLE", "VIEW", "MATERIALIZED VIEW", "PARTITIONED TABLE", "FOREIGN TABLE"
  };
  private static final int MOST_TABLES = 10_000;
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** A table in the database's list. */
  record Found(String schema, String table) {
    String shown() {
      return part(schema) + "." + part(table);
    }

    private static String part(String name) {
      return SIMPLE.matcher(name).matches() ? name : TableName.quoted(name, "\"");
    }
  }

  /** Lists the tables of a database. */
  public static TableSearch of(Connection connection, TableName name) throws SQLException {
    DatabaseMetaData database = connection.getMetaData();
    List<Found> tables = new ArrayList<>();
    try (ResultSet rows = database.getTables(null, null, "%", TYPES)) {
      while (rows.next() && tables.size() < MOST_TABLES) {
        String schema = String.valueOf(rows.getString("TABLE_SCHEM"));
        if (!schema.equalsIgnoreCase("information_schema")) {
          tables.add(new Found(schema, rows.getString("TABLE_NAME")));
        }
      }
    }
    return new TableSearch(
        name, database.getIdentifierQuoteString(), tables, connection.getSchema());
  }

  /**
   * Returns the only table whose name differs from the configured one in case, quoted for SQL; null
   * if there is none or more than one.
   */
  public @Nullable String inOtherCase() {
    Set<Found> found = new LinkedHashSet<>();
    for (Found table : tables) {
      if (name.table().matches(table.table()) && isInSchema(table)) {
        found.add(table);
      }
    }
    if (found.size() != 1) {
      return null;
    }
    Found only = found.iterator().next();
    return TableName.quoted(only.schema(), quote) + "." + TableName.quoted(only.table(), quote);
  }

  private boolean isInSchema(Found table) {
    int parts = name.parts().size();
    return parts == 1
        ? table.schema().equals(schema)
        : name.parts().get(parts - 2).matches(table.schema());
  }

  /** Returns the table that was probably meant, as written in attune.yaml, or null. */
  public @Nullable String nearest() {
    String table = name.table().name();
    for (Found found : tables) {
      if (found.table().equalsIgnoreCase(table)) {
        return found.shown(); // In another schema.
      }
    }
    String near = NearestName.of(table, tables.stream().map(Found::table).toList()).orElse(null);
    for (Found found : tables) {
      if (found.table().equals(near)) {
        return found.shown();
      }
    }
    return null;
  }
}
