package dev.attune.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.place.Place;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonDocumentTest {
  private enum Level {
    HIGH
  }

  private record Inner(boolean exact, long tokens) {}

  private record Outer(
      String name,
      @Nullable String absent,
      double whole,
      BigDecimal price,
      BigDecimal million,
      Place place,
      LocalDate day,
      Instant at,
      Level level,
      Inner inner,
      Map<String, Integer> counts,
      List<String> notes) {}

  @Test
  void writesTheComponentsOfRecordsInTheirOrderWithNumbersInOneForm() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    counts.put("b", 2);
    counts.put("a", 1);
    Outer outer =
        new Outer(
            "é",
            null,
            7.0,
            new BigDecimal("0.50"),
            new BigDecimal("1E+6"),
            Place.of(Path.of("/a/b")),
            LocalDate.of(2026, 1, 2),
            Instant.EPOCH,
            Level.HIGH,
            new Inner(true, 9_000_000_000L),
            counts,
            List.of());

    assertThat(JsonDocument.text(outer))
        .isEqualTo(
            """
            {
              "name": "é",
              "absent": null,
              "whole": 7,
              "price": 0.5,
              "million": 1000000,
              "place": "/a/b",
              "day": "2026-01-02",
              "at": "1970-01-01T00:00:00Z",
              "level": "HIGH",
              "inner": {
                "exact": true,
                "tokens": 9000000000
              },
              "counts": {
                "b": 2,
                "a": 1
              },
              "notes": []
            }
            """);
  }
}
