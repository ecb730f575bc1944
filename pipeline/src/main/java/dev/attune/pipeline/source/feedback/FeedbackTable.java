package dev.attune.pipeline.source.feedback;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.config.SourcesConfig.FeedbackColumns;
import dev.attune.message.Messages;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.connect.DatabaseAccess;
import dev.attune.pipeline.source.feedback.connect.DatabaseFaults;
import dev.attune.pipeline.source.feedback.connect.JdbcAddress;
import dev.attune.pipeline.source.feedback.row.FeedbackRow;
import dev.attune.pipeline.source.feedback.sql.ColumnKind;
import dev.attune.pipeline.source.feedback.sql.DatabaseKind;
import dev.attune.pipeline.source.feedback.sql.QueryRefusal;
import dev.attune.pipeline.source.feedback.sql.TableColumns;
import dev.attune.pipeline.source.feedback.sql.TableName;
import dev.attune.pipeline.source.feedback.sql.TableSearch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table or query of feedback with its columns, as the database names them. Names that are not
 * in quotation marks are also found if they differ in case.
 *
 * @param from the table or query after FROM
 */
record FeedbackTable(Feedback feedback, DatabaseKind database, String from, TableColumns columns) {
  private static final List<String> UPDATE_COLUMNS = List.of("updated_at", "updatedAt");
  private static final String COLUMNS = "sources.feedback.columns.";

  /** In the order of {@link FeedbackRow#fields}. */
  private static final List<String> KEYS =
      List.of("id", "group", "prompt", "response", "rating", "comment", "createdAt");

  private static final String QUERY_BEGIN = "(\n";

  /** Starts with a line end, which closes a comment. */
  private static final String QUERY_END = "\n) AS feedback_query";

  private static final String SELECT_ALL = "SELECT * FROM ";

  /** Finds the table or query and checks every mapped column. */
  static FeedbackTable find(Connection connection, Feedback feedback, DatabaseAccess access)
      throws SQLException, SourceException {
    FeedbackTable table =
        feedback.table() == null
            ? ofQuery(connection, feedback, access)
            : ofName(connection, feedback, access.address());
    table.checkColumns();
    table.checkTypes();
    table.checkQuery(connection, access);
    return table;
  }

  private static FeedbackTable ofQuery(
      Connection connection, Feedback feedback, DatabaseAccess access)
      throws SQLException, SourceException {
    String query = query(feedback);
    if (query.indexOf('\0') >= 0) {
      throw new SourceException(Messages.of("pipeline.feedback.query-nul"));
    }
    try {
      return at(QUERY_BEGIN + query + QUERY_END, connection, feedback, access.address());
    } catch (SQLException e) {
      throw refused(e, query, SELECT_ALL + QUERY_BEGIN, access);
    }
  }

  private static String query(Feedback feedback) {
    return String.valueOf(feedback.query()).stripTrailing().replaceFirst(";$", "");
  }

  /** Describes a refused query. No rows have been read yet, so the database's message has none. */
  private static SourceException refused(
      SQLException e, String query, String prefix, DatabaseAccess access) {
    QueryRefusal why = QueryRefusal.of(e, query, prefix);
    return new SourceException(
        sentence(e, why, access), why.hasMessage() ? e : DatabaseFaults.withoutData(e));
  }

  private static String sentence(SQLException e, QueryRefusal why, DatabaseAccess access) {
    JdbcAddress address = access.address();
    if (DatabaseFaults.isMissingRight(e)) {
      return Messages.of(
          "pipeline.feedback.query-no-right",
          DatabaseFaults.user(access.username()),
          address.described(),
          why.shortened().isEmpty() ? "" : " (" + why.shortened() + ")");
    }
    String state = String.valueOf(e.getSQLState());
    return why.hasMessage() || state.startsWith("42")
        ? Messages.of("pipeline.feedback.query-refused", address.server(), why.described(), state)
        : DatabaseFaults.sentence(e, "sources.feedback.query", address, access.username());
  }

  private static FeedbackTable ofName(Connection connection, Feedback feedback, JdbcAddress address)
      throws SQLException, SourceException {
    TableName name = TableName.parse(String.valueOf(feedback.table()));
    SQLException missing = null;
    String quote = connection.getMetaData().getIdentifierQuoteString();
    for (String from : name.candidates(quote)) {
      try {
        return at(from, connection, feedback, address);
      } catch (SQLException e) {
        if (!DatabaseFaults.isMissingTable(e)) {
          throw e;
        }
        missing = e;
        connection.rollback();
      }
    }
    TableSearch search = TableSearch.of(connection, name);
    String other = search.inOtherCase();
    if (other != null) {
      return at(other, connection, feedback, address);
    }
    String nearest = search.nearest();
    String table = String.valueOf(feedback.table());
    throw new SourceException(
        nearest == null
            ? Messages.of("pipeline.feedback.no-table", table, address.described())
            : Messages.of("pipeline.feedback.no-table-but", table, address.described(), nearest),
        Objects.requireNonNull(missing));
  }

  private static FeedbackTable at(
      String from, Connection connection, Feedback feedback, JdbcAddress address)
      throws SQLException {
    return new FeedbackTable(
        feedback,
        DatabaseKind.of(address.kind()),
        from,
        TableColumns.of(connection, SELECT_ALL + from));
  }

  private void checkColumns() throws SourceException {
    Map<String, String> mapped = mapped();
    if (feedback.partitionColumn() != null) {
      mapped.put("sources.feedback.partitionColumn", feedback.partitionColumn());
    }
    mapped.values().removeIf(name -> columns.label(name) != null);
    if (!mapped.isEmpty()) {
      List<String> missing = new ArrayList<>();
      mapped.forEach((key, name) -> missing.add(name + " (" + key + ")"));
      throw new SourceException(
          Messages.of(
              "pipeline.feedback.no-column",
              place(),
              String.join(", ", missing),
              String.join(", ", columns.labels())));
    }
  }

  /** Requires that every mapped column can be converted to text. */
  private void checkTypes() throws SourceException {
    List<String> found = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    mapped()
        .forEach(
            (key, name) -> {
              if (columns.kind(name) == ColumnKind.UNREADABLE) {
                String type = columns.type(name);
                String quoted = columns.quoted(name);
                found.add(
                    columns.label(name) + " (" + key + ") of the type " + database.shown(type));
                expressions.add(database.asText(type, quoted) + " AS " + quoted);
              }
            });
    if (!found.isEmpty()) {
      throw new SourceException(
          Messages.of(
              feedback.table() == null
                  ? "pipeline.feedback.unreadable-column"
                  : "pipeline.feedback.unreadable-column-of-table",
              place(),
              String.join(", and ", found),
              String.join(", ", expressions)));
    }
  }

  /** Refuses a query with two columns of one name, or an operator that looks like a parameter. */
  private void checkQuery(Connection connection, DatabaseAccess access)
      throws SQLException, SourceException {
    String select = rowQuery().select();
    try {
      TableColumns.of(connection, select);
    } catch (SQLException e) {
      if (feedback.table() != null) {
        throw e;
      }
      String prefix = select.substring(0, select.indexOf(QUERY_BEGIN) + QUERY_BEGIN.length());
      throw refused(e, query(feedback), prefix, access);
    }
    if (feedback.partitionColumn() != null && select.indexOf('?') >= 0) {
      try (PreparedStatement prepared = connection.prepareStatement(select + " WHERE 1 = 0");
          ResultSet nothing = prepared.executeQuery()) {
        nothing.next();
      } catch (SQLException e) {
        throw new SourceException(Messages.of("pipeline.feedback.query-question-mark"), e);
      }
    }
  }

  /** Returns the keys of the configuration for mapped fields, and the columns that they name. */
  private Map<String, String> mapped() {
    Map<String, String> mapped = new LinkedHashMap<>();
    List<@Nullable String> names = names();
    for (int i = 0; i < KEYS.size(); i++) {
      String name = names.get(i);
      if (name != null) {
        mapped.put(COLUMNS + KEYS.get(i), name);
      }
    }
    return mapped;
  }

  /** Returns the names of the columns in the order of {@link FeedbackRow#fields}. */
  List<@Nullable String> names() {
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

  /**
   * Returns for each field, in the order of {@link FeedbackRow#fields}, a sentence about JSON
   * objects in its column; null if the column is not JSON.
   */
  List<@Nullable String> jsonAdvice() {
    List<@Nullable String> advice = new ArrayList<>();
    for (String name : names()) {
      boolean json = name != null && columns.kind(name) == ColumnKind.JSON;
      advice.add(name == null || !json ? null : jsonAdvice(name));
    }
    return advice;
  }

  private String jsonAdvice(String name) {
    String quoted = columns.quoted(name);
    return Messages.of(
        "pipeline.feedback.json",
        name,
        Objects.requireNonNullElse(feedback.table(), "sources.feedback.query"),
        database.insideJson(quoted) + " AS " + quoted);
  }

  RowQuery rowQuery() throws SourceException {
    List<@Nullable ColumnKind> kinds = new ArrayList<>();
    names().forEach(name -> kinds.add(name == null ? null : columns.kind(name)));
    String selected =
        mapped().values().stream().map(columns::quoted).collect(Collectors.joining(", "));
    return new RowQuery("SELECT " + selected + " FROM " + from, kinds, partition());
  }

  @Nullable PartitionColumn partition() throws SourceException {
    String name = feedback.partitionColumn();
    if (name == null) {
      return null;
    }
    ColumnKind kind = columns.kind(name);
    if (!kind.dividable()) {
      String table = Objects.requireNonNullElse(feedback.table(), "the query");
      throw new SourceException(Messages.of("pipeline.feedback.partition-type", name, table));
    }
    return new PartitionColumn(columns.quoted(name), kind);
  }

  ColumnKind idKind() {
    return columns.kind(feedback.columns().id());
  }

  /** Returns the kind of the column of the greatest time in {@link #factsQuery}, or null. */
  @Nullable ColumnKind timeKind() {
    String name = timeColumn();
    return name == null ? null : columns.kind(name);
  }

  private @Nullable String timeColumn() {
    return UPDATE_COLUMNS.stream()
        .filter(name -> columns.label(name) != null)
        .findFirst()
        .orElse(feedback.columns().createdAt());
  }

  /**
   * Returns a query for one row: the number of rows, the greatest id, the greatest time, the least
   * and the greatest value of the partition column; 0 for a column that is not configured.
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
            : "min(" + columns.quoted(partition) + "), max(" + columns.quoted(partition) + ")")
        + " FROM "
        + from;
  }

  private String greatest(String name) {
    String column = columns.quoted(name);
    return columns.kind(name).isOrdered()
        ? "max(" + column + ")"
        : "max(CAST(" + column + " AS VARCHAR))"; // PostgreSQL has no max of UUIDs or booleans.
  }
}
