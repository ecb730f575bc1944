package dev.attune.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCountsTest {
  private static final RunCounts EXPECTED = counts(600, 300, 100);

  @Test
  void takesOneNearDuplicateOfAHundredForKept() {
    assertThat(counts(600, 300, 100).isFullCountOf(EXPECTED)).isTrue();
    assertThat(counts(603, 297, 100).isFullCountOf(EXPECTED)).isTrue();
  }

  @Test
  void takesNothingElse() {
    assertThat(counts(604, 296, 100).isFullCountOf(EXPECTED)).isFalse();
    assertThat(counts(599, 301, 100).isFullCountOf(EXPECTED)).isFalse();
    assertThat(counts(601, 300, 99).isFullCountOf(EXPECTED)).isFalse();
    assertThat(counts(600, 299, 100).isFullCountOf(EXPECTED)).isFalse();
  }

  private static RunCounts counts(long kept, long near, long exact) {
    return new RunCounts("", 1_000, kept, Map.of("NEAR_DUPLICATE", near, "EXACT_DUPLICATE", exact));
  }
}
