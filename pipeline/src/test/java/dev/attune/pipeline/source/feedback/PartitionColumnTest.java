package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.source.feedback.sql.ColumnKind;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PartitionColumnTest {
  private static final PartitionColumn NUMBERS = new PartitionColumn("\"id\"", ColumnKind.INTEGER);

  @Test
  void takesARangeForEvery25ThousandRowsAndOneForTheNulls() {
    assertThat(NUMBERS.ranges(75_000, "0", "300"))
        .containsExactly(
            new RowRange(false, null, "100"),
            new RowRange(false, "100", "200"),
            new RowRange(false, "200", null),
            RowRange.NULLS);
  }

  @Test
  void readsFewRowsInOneRange() {
    assertThat(NUMBERS.ranges(25_000, "1", "25000"))
        .containsExactly(RowRange.UNBOUNDED, RowRange.NULLS);
    assertThat(NUMBERS.ranges(0, null, null)).containsExactly(RowRange.UNBOUNDED, RowRange.NULLS);
  }

  @Test
  void takesNoMoreThan512Ranges() {
    assertThat(NUMBERS.ranges(1_000_000_000, "1", "1000000000")).hasSize(513);
  }

  @Test
  void takesNoMoreRangesThanThereAreValues() {
    assertThat(NUMBERS.ranges(1_000_000, "7", "7"))
        .containsExactly(RowRange.UNBOUNDED, RowRange.NULLS);
    assertThat(NUMBERS.ranges(1_000_000, "7", "9")).hasSize(3);
  }

  @Test
  void readsInfiniteValuesInOneRange() {
    PartitionColumn floating = new PartitionColumn("\"x\"", ColumnKind.FLOATING);
    PartitionColumn times = new PartitionColumn("\"t\"", ColumnKind.TIMESTAMP);

    assertThat(floating.ranges(100_000, "0", "NaN")).hasSize(2);
    assertThat(floating.ranges(100_000, "-Infinity", "1")).hasSize(2);
    assertThat(times.ranges(100_000, "2026-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z"))
        .hasSize(2);
  }

  @Test
  void dividesTimes() {
    PartitionColumn times = new PartitionColumn("\"t\"", ColumnKind.ZONED_TIMESTAMP);

    assertThat(times.ranges(50_000, "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"))
        .containsExactly(
            new RowRange(false, null, "2026-01-02T00:00:00Z"),
            new RowRange(false, "2026-01-02T00:00:00Z", null),
            RowRange.NULLS);
  }

  @Property
  void everyNumberIsInOneRange(
      @ForAll long a,
      @ForAll long b,
      @ForAll long value,
      @ForAll @LongRange(max = 20_000_000) long rows) {
    List<RowRange> ranges =
        NUMBERS.ranges(rows, Long.toString(Math.min(a, b)), Long.toString(Math.max(a, b)));

    assertThat(ranges.stream().filter(range -> holds(range, value))).hasSize(1);
    assertThat(ranges).hasSizeLessThanOrEqualTo(513).last().isEqualTo(RowRange.NULLS);
  }

  private static boolean holds(RowRange range, long value) {
    BigDecimal number = BigDecimal.valueOf(value);
    return !range.nulls()
        && (range.from() == null || new BigDecimal(range.from()).compareTo(number) <= 0)
        && (range.below() == null || new BigDecimal(range.below()).compareTo(number) > 0);
  }
}
