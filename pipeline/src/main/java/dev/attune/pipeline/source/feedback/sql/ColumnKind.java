package dev.attune.pipeline.source.feedback.sql;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kind of a column's values, which decides how they are read. */
public enum ColumnKind {
  INTEGER,
  DECIMAL,
  FLOATING,
  DATE,
  /** Without a zone; read as UTC. */
  TIMESTAMP,
  ZONED_TIMESTAMP,
  /** Texts, and values with an obvious text: booleans, enums, UUIDs, times of day. */
  TEXT,
  /** CHAR, padded with blanks that are not part of the value. */
  PADDED,
  /** JSON, which {@link JsonText} turns into text. */
  JSON,
  /** Anything else: arrays, binary data, XML, geometry, and types of extensions. */
  UNREADABLE;

  /** Types of PostgreSQL that are texts although its driver calls them OTHER. */
  private static final Set<String> OTHER_TEXTS = Set.of("uuid", "citext");

  static ColumnKind of(ResultSetMetaData columns, int index) throws SQLException {
    String name = columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
    return switch (columns.getColumnType(index)) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      // PostgreSQL reports money as a double, but its text depends on the server's locale.
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> name.equals("money") ? UNREADABLE : FLOATING;
      case Types.DATE -> DATE;
      // PostgreSQL reports this type for timestamps with and without a zone.
      case Types.TIMESTAMP -> name.equals("timestamptz") ? ZONED_TIMESTAMP : TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> ZONED_TIMESTAMP;
      case Types.CHAR, Types.NCHAR -> PADDED;
      case Types.VARCHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.LONGNVARCHAR -> TEXT;
      case Types.CLOB, Types.NCLOB, Types.BOOLEAN, Types.NULL -> TEXT;
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> TEXT;
      // PostgreSQL also reports bit strings as this type.
      case Types.BIT -> name.equals("bit") ? UNREADABLE : TEXT;
      case Types.BINARY -> name.equals("uuid") ? TEXT : UNREADABLE;
      case Types.OTHER -> other(name);
      default -> UNREADABLE;
    };
  }

  /** Returns the kind of a type that JDBC has no name for. */
  private static ColumnKind other(String name) {
    String type = DatabaseKind.lastPart(name);
    if (type.equals("json") || type.equals("jsonb")) {
      return JSON;
    }
    return OTHER_TEXTS.contains(type) || name.startsWith("enum(") ? TEXT : UNREADABLE;
  }

  /** Returns whether ranges of the column can be read, which holds for numbers and timestamps. */
  public boolean dividable() {
    return isNumber() || isTimestamp();
  }

  private boolean isNumber() {
    return this == INTEGER || this == DECIMAL || this == FLOATING;
  }

  public boolean isTimestamp() {
    return this == TIMESTAMP || this == ZONED_TIMESTAMP;
  }

  /** Returns whether {@code max} of the column itself is the greatest value. */
  public boolean isOrdered() {
    return dividable() || this == DATE;
  }

  /**
   * Returns the value as text, or null if it is NULL. Dates and times are ISO-8601 in UTC; the zone
   * of the session has no effect.
   */
  public @Nullable String text(ResultSet row, int index) throws SQLException {
    return switch (this) {
      case TIMESTAMP -> {
        LocalDateTime local = row.getObject(index, LocalDateTime.class);
        yield local == null ? null : local.toInstant(ZoneOffset.UTC).toString();
      }
      case ZONED_TIMESTAMP -> {
        OffsetDateTime zoned = row.getObject(index, OffsetDateTime.class);
        yield zoned == null ? null : zoned.toInstant().toString();
      }
      case DATE -> {
        LocalDate date = row.getObject(index, LocalDate.class);
        yield date == null ? null : date.toString();
      }
      case PADDED -> {
        String padded = row.getString(index);
        yield padded == null ? null : withoutPadding(padded);
      }
      case INTEGER, DECIMAL, FLOATING, TEXT, JSON, UNREADABLE -> row.getString(index);
    };
  }

  private static String withoutPadding(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }
}
