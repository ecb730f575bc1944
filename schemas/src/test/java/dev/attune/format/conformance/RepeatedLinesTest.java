package dev.attune.format.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatedLinesTest {
  private static long hash(long number) {
    return number * 0x9E3779B97F4A7C15L;
  }

  @Test
  void findsTheFirstOfEqualHashesWhileTheTableGrows() {
    RepeatedLines lines = new RepeatedLines(10, 1L << 30);
    for (int i = 1; i <= 100_000; i++) {
      assertThat(lines.firstLike(hash(i), i)).isZero();
    }
    for (int i = 1; i <= 100_000; i++) {
      assertThat(lines.firstLike(hash(i), 200_000 + i)).isEqualTo(i);
    }
  }

  @Test
  void remembersNoMoreThanFitsAnEighthOfTheHeapAndGoesOnComparing() {
    RepeatedLines lines = new RepeatedLines(1_000_000, 1 << 20);
    for (int i = 1; i <= 100_000; i++) {
      lines.firstLike(hash(i), i);
    }
    assertThat(lines.size() * 8L).isBetween(64_000L, (1L << 20) / 8);
    assertThat(lines.firstLike(hash(5), 100_001)).isEqualTo(5);
    assertThat(lines.firstLike(hash(100_000), 100_002)).isZero();
  }
}
