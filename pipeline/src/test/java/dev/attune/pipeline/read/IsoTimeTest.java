package dev.attune.pipeline.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
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
    "1969-12-31T23:59:59.999999Z,1969-12-31T23:59:59.999999Z"
  })
  void readsATime(String text, String instant) {
    assertThat(IsoTime.micros(text))
        .isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant)));
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
        "2024-03-01 10:00",
        "2024-03-01T",
        "2024-03-01T10",
        "2024-03-01T24:00",
        "2024-03-01T10:60",
        "2024-03-01T10:00:60",
        "2024-03-01T10:00:30.",
        "2024-03-01T10:00:30.1234567890",
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

  @Property
  void neverThrows(@ForAll String text) {
    assertThatCode(() -> IsoTime.micros(text)).doesNotThrowAnyException();
  }
}
