package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityTest {
  @Property(tries = 2_000)
  void boundsLeaveNothingOutThatIsNear(
      @ForAll @IntRange(min = 1, max = 400) int size,
      @ForAll @IntRange(min = 1, max = 400) int other,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    Similarity similarity = new Similarity(percent / 100.0);
    for (int shared = 0; shared <= Math.min(size, other); shared++) {
      if (similarity.isNear(shared, size, other)) {
        assertThat(shared).isGreaterThanOrEqualTo(similarity.leastShared(size, other));
        assertThat(size - shared).isLessThanOrEqualTo(similarity.mostMissing(size));
      }
    }
  }

  @Test
  void isADecimalToTheLastShingle() {
    for (int tenths = 1; tenths <= 10; tenths++) {
      assertThat(new Similarity(tenths / 10.0).isNear(tenths, 10, tenths)).isTrue();
      assertThat(new Similarity(tenths / 10.0).isNear(10 * tenths - 1, 100, 10 * tenths - 1))
          .isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.1, 1.01, Double.NaN})
  void refusesWhatIsNoSimilarity(double value) {
    assertThatThrownBy(() -> new Similarity(value)).hasMessageContaining("similarity is");
  }
}
