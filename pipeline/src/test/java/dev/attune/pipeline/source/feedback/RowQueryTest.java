package dev.attune.pipeline.source.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowQueryTest {
  @ParameterizedTest
  @CsvSource({
    "200, 0, 5000",
    "200, 200000, 5000",
    "200, 2000000, 800",
    "200, 200000000, 8",
    "200, 20000000000, 1"
  })
  void fetchesFewerRowsWhereTheyAreLarge(long rows, long characters, int expected) {
    assertThat(RowQuery.fetchSize(rows, characters)).isEqualTo(expected);
  }
}
