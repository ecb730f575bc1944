package dev.attune.pipeline.source.feedback;

import dev.attune.pipeline.source.IsoTime;
import dev.attune.pipeline.source.feedback.sql.ColumnKind;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The column whose ranges are read in parallel. The ranges and the NULLs together contain every row
 * once, whatever its value: bounds only decide which reader reads it. A row whose value changes
 * during the run may be read twice or not at all, so the column should not change.
 *
 * @param quoted for SQL
 * @param kind a number or a timestamp
 */
record PartitionColumn(String quoted, ColumnKind kind) implements Serializable {
  static final long ROWS_PER_RANGE = 25_000;
  static final int MOST_RANGES = 512;

  /** Enough digits for every number of a 64-bit or double column. */
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  /**
   * Returns ranges of even width between the least and the greatest value, open at both ends, and
   * one for the NULLs.
   */
  List<RowRange> ranges(long rows, @Nullable String least, @Nullable String greatest) {
    List<RowRange> ranges = new ArrayList<>();
    String from = null;
    for (String bound : bounds(rows, least, greatest)) {
      ranges.add(new RowRange(false, from, bound));
      from = bound;
    }
    ranges.add(new RowRange(false, from, null));
    ranges.add(RowRange.NULLS);
    return ranges;
  }

  private List<String> bounds(long rows, @Nullable String least, @Nullable String greatest) {
    long count = Math.min(MOST_RANGES, (rows + ROWS_PER_RANGE - 1) / ROWS_PER_RANGE);
    BigDecimal low = number(least);
    BigDecimal high = number(greatest);
    List<String> bounds = new ArrayList<>();
    if (low == null || high == null) {
      return bounds; // One range for no values or infinite ones.
    }
    BigDecimal width = high.subtract(low);
    BigDecimal last = low;
    for (long i = 1; i < count; i++) {
      BigDecimal share = width.multiply(BigDecimal.valueOf(i));
      BigDecimal bound = rounded(low.add(share.divide(BigDecimal.valueOf(count), DIGITS)));
      if (bound.compareTo(last) > 0) {
        bounds.add(text(bound));
        last = bound;
      }
    }
    return bounds;
  }

  private BigDecimal rounded(BigDecimal bound) {
    return switch (kind) {
      case INTEGER, TIMESTAMP, ZONED_TIMESTAMP -> bound.setScale(0, RoundingMode.FLOOR);
      case FLOATING -> BigDecimal.valueOf(bound.doubleValue());
      case DECIMAL, DATE, TEXT, PADDED, JSON, UNREADABLE -> bound.round(DIGITS);
    };
  }

  /** Returns a value as a number, timestamps in microseconds; null for NULL, NaN and infinity. */
  private @Nullable BigDecimal number(@Nullable String value) {
    if (value == null) {
      return null;
    }
    if (kind.isTimestamp()) {
      long micros = IsoTime.micros(value);
      return micros == IsoTime.INVALID ? null : BigDecimal.valueOf(micros);
    }
    try {
      return new BigDecimal(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private String text(BigDecimal bound) {
    return kind.isTimestamp()
        ? Instant.EPOCH.plus(bound.longValueExact(), ChronoUnit.MICROS).toString()
        : bound.toPlainString();
  }

  /** Binds a bound as the column's own type, so that the database can use an index on it. */
  void bind(PreparedStatement statement, int index, String bound) throws SQLException {
    switch (kind) {
      case INTEGER -> statement.setLong(index, Long.parseLong(bound));
      case FLOATING -> statement.setDouble(index, Double.parseDouble(bound));
      case TIMESTAMP ->
          statement.setObject(index, LocalDateTime.ofInstant(Instant.parse(bound), ZoneOffset.UTC));
      case ZONED_TIMESTAMP ->
          statement.setObject(index, Instant.parse(bound).atOffset(ZoneOffset.UTC));
      case DECIMAL, DATE, TEXT, PADDED, JSON, UNREADABLE ->
          statement.setBigDecimal(index, new BigDecimal(bound));
    }
  }
}
