package dev.attune.pipeline.read.feedback;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a column holds, as far as reading it goes. */
enum ColumnKind {
  INTEGER,
  DECIMAL,
  FLOATING,
  DATE,
  /** Without a zone: UTC. */
  TIMESTAMP,
  ZONED_TIMESTAMP,
  /** Texts, and everything that a driver gives as text: UUIDs, booleans, JSON. */
  TEXT,
  BINARY;

  static ColumnKind of(ResultSetMetaData columns, int index) throws SQLException {
    String name = columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
    return switch (columns.getColumnType(index)) {
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
      case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
      // PostgreSQL's money calls itself a double but is not compared with one.
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> name.equals("money") ? TEXT : FLOATING;
      case Types.DATE -> DATE;
      // PostgreSQL gives both its kinds this type.
      case Types.TIMESTAMP -> name.equals("timestamptz") ? ZONED_TIMESTAMP : TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> ZONED_TIMESTAMP;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BINARY;
      default -> TEXT;
    };
  }

  /** Whether ranges of it can be read: numbers and timestamps. */
  boolean dividable() {
    return isNumber() || isTimestamp();
  }

  boolean isNumber() {
    return this == INTEGER || this == DECIMAL || this == FLOATING;
  }

  boolean isTimestamp() {
    return this == TIMESTAMP || this == ZONED_TIMESTAMP;
  }

  /** Whether the database's own order of it is the one that {@code max} shall mean. */
  boolean isOrdered() {
    return dividable() || this == DATE;
  }

  /**
   * The value as text, or null. Dates and times are ISO-8601 and in UTC, whatever zone the session
   * has.
   */
  @Nullable String text(ResultSet row, int index) throws SQLException {
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
      case INTEGER, DECIMAL, FLOATING, TEXT, BINARY -> row.getString(index);
    };
  }
}
