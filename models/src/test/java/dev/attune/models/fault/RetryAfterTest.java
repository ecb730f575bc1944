package dev.attune.models.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-29T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "7 | PT7S",
        " 0.5 | PT0.5S",
        "Sun, 29 Nov 2026 12:01:30 GMT | PT1M30S",
        "Sun, 29 Nov 2026 11:00:00 GMT | PT0S",
        "soon | none",
        "-3 | none",
        "99999999999999999999 | none",
      })
  void readsSecondsAndDates(String header, Duration wait) {
    assertThat(RetryAfter.of(Map.of("Retry-After", header)::get, NOON)).isEqualTo(wait);
  }

  @Test
  void prefersMilliseconds() {
    assertThat(RetryAfter.of(Map.of("Retry-After", "1", "retry-after-ms", "250")::get, NOON))
        .isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void noHeaderIsNoWait() {
    assertThat(RetryAfter.of(name -> null, NOON)).isNull();
  }
}
