package dev.attune.pipeline.write.part;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RejectedOrderTest {
  @Test
  void isByIdThenByLocation() {
    assertThat(RejectedOrder.compare("a", "z", "b", "a")).isNegative();
    assertThat(RejectedOrder.compare("a", "x", "a", "y")).isNegative();
    assertThat(RejectedOrder.compare("a", "x", "a", "x")).isZero();
  }

  @Test
  void isByUtf8BytesInBoth() {
    assertThat(RejectedOrder.compare("\uFFFD", "", "\uD83D\uDE00", "")).isNegative();
    assertThat(RejectedOrder.compare("a", "\uFFFD", "a", "\uD83D\uDE00")).isNegative();
    // Locations are compared as texts, not as numbers: f:10 is before f:9.
    assertThat(RejectedOrder.compare("a", "f:10", "a", "f:9")).isNegative();
  }
}
