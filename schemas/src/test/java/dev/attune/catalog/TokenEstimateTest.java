package dev.attune.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEstimateTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ä", "€", "\uD83D\uDE00", "aä€\uD83D\uDE00\u0000\uFFFF"})
  void countsBytesAsUtf8HasThem(String text) {
    assertThat(TokenEstimate.utf8Bytes(text))
        .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
  }
}
