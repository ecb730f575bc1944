package dev.attune.pipeline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which times are read, and as what. */
class IsoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2024-03-01,2024-03-01T00:00:00Z",
    "' 2024-02-29 ',2024-02-29T00:00:00Z",
    "2024-03-01T10:00,2024-03-01T10:00:00Z",
    "2024-03-01T10:00Z,2024-03-01T10:00:00Z",
    "2024-03-01T10:00:30+01:00,2024-03-01T09:00:30Z",
    "2024-03-01T10:00:30-0130,2024-03-01T11:30:30Z",
    "2024-03-01T10:00+01,2024-03-01T09:00:00Z",
    "2024-03-01T10:00:30.5,2024-03-01T10:00:30.500Z",
    "2024-03-01T10:00:30.123456789Z,2024-03-01T10:00:30.123456Z",
    "2026-06-02 12:00:03.5+02,2026-06-02T10:00:03.500Z",
    "2026-06-02 12:00:03+0200,2026-06-02T10:00:03Z",
    "2026-06-02 12:00:03-02:00,2026-06-02T14:00:03Z",
    "2026-06-02 12:00,2026-06-02T12:00:00Z",
    "2026-06-02 12:00:03Z,2026-06-02T12:00:03Z",
    "2026-06-02t12:00:03z,2026-06-02T12:00:03Z",
    "'2026-06-02T12:00:03,25',2026-06-02T12:00:03.250Z",
    "2026-06-02T12:00:03.1234567890123456789+14:00,2026-06-01T22:00:03.123456Z",
    "2026-06-02T12:00:03-00:00,2026-06-02T12:00:03Z",
    "2026-06-02T12:00:03+18:00,2026-06-01T18:00:03Z",
    "2026-06-02T12:00:03-18,2026-06-03T06:00:03Z",
    "0000-01-01T00:00Z,0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59.999999Z"
  })
  void readsATime(String text, String instant) {
    Instant expected = Instant.parse(instant);
    assertThat(IsoTime.micros(text))
        .isEqualTo(expected.getEpochSecond() * 1_000_000L + expected.getNano() / 1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2024",
        "2024-3-1",
        "2023-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-01-00",
        "2024-03-01  10:00",
        "2024-03-01\t10:00",
        "2024-03-01_10:00",
        "2024-03-0110:00",
        "2024-03-01 10:00 +01:00",
        "2024-03-01 10:00 UTC",
        "2024-03-01T10:00+01:00[Europe/Berlin]",
        "2024-03-01T100000Z",
        "20240301T100000Z",
        "2024-W09-5",
        "2024-061",
        "0000-00-00 00:00:00",
        "2024-03-01T10:00:30+01:00:00",
        "2024-03-01T10:00+01:60",
        "01/02/2026 10:00",
        "2024-03-01T",
        "2024-03-01T10",
        "2024-03-01T24:00",
        "2024-03-01T10:60",
        "2024-03-01T10:00:60",
        "2024-03-01T10:00:30.",
        "2024-03-01T10:00:30.12345x",
        "2024-03-01T10:00+19:00",
        "2024-03-01T10:00+18:01",
        "2024-03-01T10:00+1",
        "2024-03-01Z",
        "2024-03-01T10:00ZZ",
        "01.03.2024",
        "1709287200",
        "２０２４-03-01",
        "-2024-03-01",
        "2024-03-01T10:00+01:"
      })
  void refusesWhatIsNone(String text) {
    assertThat(IsoTime.micros(text)).isEqualTo(IsoTime.INVALID);
  }

  @Property
  void readsWhatJavaWrites(
      @ForAll @LongRange(min = -62_135_596_800L, max = 253_402_214_400L) long second,
      @ForAll @IntRange(max = 999_999_999) int nano,
      @ForAll @IntRange(min = -64_800, max = 64_800) int offset) {
    OffsetDateTime time =
        Instant.ofEpochSecond(second, nano).atOffset(ZoneOffset.ofTotalSeconds(offset / 60 * 60));
    if (time.getYear() >= 1 && time.getYear() <= 9999) {
      assertThat(IsoTime.micros(time.toString())).isEqualTo(second * 1_000_000L + nano / 1000);
    }
  }

  @Test
  void isReadInOnePass() {
    String digits = "2024-03-01T10:00:30." + "7".repeat(1_000_000);
    assertThat(IsoTime.micros(digits + "Z"))
        .isEqualTo(IsoTime.micros("2024-03-01T10:00:30.777777Z"));
    assertThat(IsoTime.micros(digits + "x")).isEqualTo(IsoTime.INVALID);
  }

  @Property
  void neverThrows(@ForAll String text) {
    assertThatCode(() -> IsoTime.micros(text)).doesNotThrowAnyException();
  }
}
