package dev.attune.launcher.vertex;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "No space left. | No space left",
        "Resource exhausted. Please try again later. | Resource exhausted",
        "Quota is used up. Please retry later. See the docs. | Quota is used up. See the docs",
        "Example 1 is wrong. JSON: {'contents': 'hidden'} | Example 1 is wrong",
        "Example 1 is wrong: {\"contents\": \"hidden\"} | Example 1 is wrong",
        "Example 1: {\"a\": 1} hidden JSON: hidden | Example 1",
      })
  void quoteNoRecord(String said, String kept) {
    assertThat(ServiceMessage.of(said)).isEqualTo(kept);
  }

  @Test
  void areOneLineOfABoundedLength() {
    assertThat(ServiceMessage.of("a\n\tb\u0000c " + "x".repeat(1000)))
        .startsWith("a b c xxx")
        .hasSize(301)
        .endsWith("…");
  }

  @Test
  void areThoseOfTheInnermostCause() {
    assertThat(ServiceMessage.of(new IllegalStateException(new IOException("UNAVAILABLE: gone."))))
        .isEqualTo("gone");
    assertThat(ServiceMessage.of(new IOException())).isEqualTo("IOException");
  }
}
