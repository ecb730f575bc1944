package dev.attune.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.SimilarTexts;
import dev.attune.pipeline.nearness.Similarity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NearChoiceTest {
  private static final Similarity SIMILARITY = new Similarity(0.8);

  @Test
  void letsATextGiveWayToTheFirstThatStays() {
    // Each is near the one before it; the first and the third are not near.
    NearChoice choice = choose(List.of("a b c d e f", "a b c d e f g", "a b c d e f g h i"));
    assertThat(choice.standsFor(0)).isZero();
    assertThat(choice.standsFor(1)).isZero();
    assertThat(choice.standsFor(2)).isEqualTo(2);
    assertThat(choice.stays(2)).isTrue();
  }

  @Test
  void holdsTogetherWhatIsNearThroughATextThatGaveWay() {
    String first = "a b c d e f";
    String between = "a b c d e f g";
    String last = "a b c d e f g h";
    NearChoice choice = choose(List.of(first, between, last));
    assertThat(choice.stays(2)).isTrue();
    assertThat(choice.first(2)).isZero();
  }

  @Test
  void dropsNothingForAnotherAnswerButHoldsItTogether() {
    NearChoice choice =
        NearChoice.of(
            List.of(Shingles.of("a b c d e f"), Shingles.of("a b c d e f g")),
            new int[] {0, 1},
            0,
            SIMILARITY);
    assertThat(choice.stays(0)).isTrue();
    assertThat(choice.stays(1)).isTrue();
    assertThat(choice.first(1)).isZero();
  }

  /** The same as in an order of all pairs, where no band has more than a thousand texts. */
  @Property(tries = 150)
  void comesToTheSameInACrowd(
      @ForAll Random random,
      @ForAll @IntRange(min = 2, max = 120) int count,
      @ForAll @IntRange(min = 1, max = 3) int answers,
      @ForAll @IntRange(min = 12, max = 20) int twentieths,
      @ForAll @IntRange(min = 0, max = 40) int most) {
    Similarity similarity = new Similarity(twentieths / 20.0);
    int carried = most > 20 ? 0 : Math.min(most, count);
    List<Shingles> texts = new ArrayList<>();
    int[] answerOf = new int[count];
    for (int i = 0; i < count; i++) {
      texts.add(Shingles.of(SimilarTexts.text(random)));
      answerOf[i] = random.nextInt(answers);
    }
    NearChoice few = NearChoice.ofFew(texts, answerOf, carried, similarity);
    NearChoice crowd = new CrowdedNeighbourhood(texts, answerOf, carried, similarity).choose();
    for (int i = 0; i < carried; i++) {
      assertThat(few.stays(i)).isTrue();
    }
    int apart = 0;
    for (int i = 0; i < count; i++) {
      assertThat(crowd.standsFor(i)).isEqualTo(few.standsFor(i));
      assertThat(few.stays(few.standsFor(i))).isTrue();
      // What two texts that both gave way join is found by bands, not by each pair.
      assertThat(few.first(crowd.first(i))).isEqualTo(few.first(i));
      apart += crowd.first(i) == few.first(i) ? 0 : 1;
    }
    assertThat(apart).isLessThanOrEqualTo(count / 20);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        boolean both = crowd.stays(i) && crowd.stays(j) && answerOf[i] == answerOf[j];
        both &= i >= carried;
        assertThat(both && texts.get(i).isNear(texts.get(j), similarity)).isFalse();
      }
    }
  }

  private static NearChoice choose(List<String> texts) {
    int[] sameAnswer = new int[texts.size()];
    return NearChoice.of(texts.stream().map(Shingles::of).toList(), sameAnswer, 0, SIMILARITY);
  }
}
