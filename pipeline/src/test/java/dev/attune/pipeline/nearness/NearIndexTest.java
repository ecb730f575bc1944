package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NearIndexTest {
  @Property(tries = 300)
  void findsTheFirstThatIsNearAsBruteForceDoes(
      @ForAll Random random,
      @ForAll @IntRange(max = 30) int texts,
      @ForAll @IntRange(min = 1, max = 20) int twentieths) {
    Similarity similarity = new Similarity(twentieths / 20.0);
    NearIndex index = new NearIndex(similarity);
    List<Shingles> all = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      all.add(Shingles.of(SimilarTexts.text(random)));
      index.add(all.get(i));
    }
    NearIndex copy = index.copy();
    for (int i = 0; i < 30; i++) {
      String asked = SimilarTexts.text(random);
      int expected = NearIndex.NONE;
      for (int j = texts - 1; j >= 0; j--) {
        expected = all.get(j).isNear(Shingles.of(asked), similarity) ? j : expected;
      }
      assertThat(index.find(Shingles.of(asked))).isEqualTo(expected);
      assertThat(copy.find(asked)).as(asked).isEqualTo(expected);
    }
  }

  @Test
  void doesNotCountAShingleTwiceThatATextRepeats() {
    NearIndex index = new NearIndex(new Similarity(0.8));
    index.add(Shingles.of("a b c d e f g"));
    // Five of its six different 3-grams are there; the sixth comes again and again.
    assertThat(index.find("x x x x x x x")).isEqualTo(NearIndex.NONE);
    assertThat(index.find("a b c d e f g")).isZero();
    assertThat(index.find("a b c d e f g b c d e f g")).isEqualTo(NearIndex.NONE);
  }
}
