package dev.attune.pipeline.source.feedback.sql;

import dev.attune.config.NearestKey;
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

/** Looks for a table among those that a database lists. */
public final class TableSearch {
  private static final String[] TYPES = {
    "TABLE", "BASE TABLE", "VIEW", "MATERIALIZED VIEW", "PARTITIONED TABLE", "FOREIGN TABLE"
  };
  private static final int MOST_TABLES = 10_000;
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final TableName name;
  private final String quote;
  private final List<Found> tables;
  private final @Nullable String schema;

  private TableSearch(TableName name, String quote, List<Found> tables, @Nullable String schema) {
    this.name = name;
    this.quote = quote;
    this.tables = tables;
    this.schema = schema;
  }

  /** A table that the database lists. */
  private record Found(String schema, String table) {
    String shown() {
      return part(schema) + "." + part(table);
    }

    private static String part(String name) {
      return SIMPLE.matcher(name).matches() ? name : TableName.quoted(name, "\"");
    }
  }

  /** Asks the database for its tables. */
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

  /** What can stand behind FROM for a name as it is configured. */
  public static Set<String> candidates(TableName name, String quote) {
    return name.candidates(quote);
  }

  /**
   * The one table whose name is the configured one but for capitals, as it stands behind FROM; null
   * where there is none or more than one.
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

  /** The table that may have been meant, as attune.yaml can name it, or null. */
  public @Nullable String nearest() {
    String table = name.table().name();
    for (Found found : tables) {
      if (found.table().equalsIgnoreCase(table)) {
        return found.shown(); // In another schema.
      }
    }
    String near = NearestKey.of(table, tables.stream().map(Found::table).toList()).orElse(null);
    for (Found found : tables) {
      if (found.table().equals(near)) {
        return found.shown();
      }
    }
    return null;
  }
}
