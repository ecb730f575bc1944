package dev.attune.pipeline.read.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-01-02, 2026-01-02T00:00:00Z",
    "2026-01-02T03:04, 2026-01-02T03:04:00Z",
    "2026-01-02T03:04:05, 2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456, 2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456Z",
    "2026-01-02T03:04:05+02:00, 2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05+0200, 2026-01-02T01:04:05Z",
    "2026-01-02T03:04:05+05:30, 2026-01-01T21:34:05Z",
    "2026-01-02T03:04:05-05, 2026-01-02T08:04:05Z",
    "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z"
  })
  void readsDatesAndTimes(String text, Instant expected) {
    long micros = IsoTime.micros(text).orElseThrow();

    assertThat(IsoTime.ofMicros(micros)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026",
        "2026-1-2",
        "2026-02-30",
        "2026-01-02 03:04:05",
        "03:04",
        "1767323045",
        "2026-01-02T25:00",
        "2026-01-02T03:04:05 Europe/Berlin",
        "2026-01-02T03:04:05[UTC]",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01"
      })
  void refusesEverythingElse(String text) {
    assertThat(IsoTime.micros(text)).isEmpty();
  }
}
