package dev.attune.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
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
    NearChoice choice = choose("a b c d e f", "a b c d e f g", "a b c d e f g h i");
    assertThat(choice.standsFor(0)).isZero();
    assertThat(choice.standsFor(1)).isZero();
    assertThat(choice.standsFor(2)).isEqualTo(2);
    assertThat(choice.stays(2)).isTrue();
  }

  @Test
  void dropsNothingForOtherCategories() {
    NearChoice choice =
        NearChoice.of(
            List.of(prompt("a b c d e f"), prompt("a b c d e f g")),
            new int[] {0, 1},
            0,
            SIMILARITY);
    assertThat(choice.stays(0)).isTrue();
    assertThat(choice.stays(1)).isTrue();
  }

  @Test
  void dropsAConversationOnlyWherePromptAndAnswerAreNear() {
    ComparedShingles first = conversation("a b c d e f", "k l m n o p");
    ComparedShingles both = conversation("a b c d e f g", "k l m n o p q");
    ComparedShingles promptOnly = conversation("a b c d e f g", "in march");
    ComparedShingles answerOnly = conversation("what of it?", "k l m n o p");
    NearChoice choice =
        NearChoice.of(List.of(first, both, promptOnly, answerOnly), new int[4], 0, SIMILARITY);
    assertThat(choice.standsFor(1)).isZero();
    assertThat(choice.stays(2)).isTrue();
    assertThat(choice.stays(3)).isTrue();
  }

  /** The same as a comparison of each with each. */
  @Property(tries = 300)
  void comesToTheSameInACrowd(
      @ForAll Random random,
      @ForAll @IntRange(min = 2, max = 160) int count,
      @ForAll @IntRange(min = 1, max = 3) int answers,
      @ForAll @IntRange(min = 12, max = 20) int twentieths,
      @ForAll @IntRange(max = 40) int most,
      @ForAll boolean conversation) {
    Similarity similarity = new Similarity(twentieths / 20.0);
    int carried = most > 20 ? 0 : Math.min(most, count);
    List<ComparedShingles> texts = new ArrayList<>();
    int[] answerOf = new int[count];
    for (int i = 0; i < count; i++) {
      String prompt = SimilarTexts.text(random);
      String answer = random.nextBoolean() ? SimilarTexts.text(random) : "yes";
      texts.add(conversation ? conversation(prompt, answer) : prompt(prompt));
      answerOf[i] = conversation ? 0 : random.nextInt(answers);
    }
    NearChoice few = NearChoice.ofFew(texts, answerOf, carried, similarity);
    NearChoice many = NearChoice.ofMany(texts, answerOf, carried, similarity);
    for (int i = 0; i < count; i++) {
      assertThat(few.stays(i) || i >= carried).isTrue();
      assertThat(few.stays(few.standsFor(i))).isTrue();
      assertThat(many.standsFor(i)).isEqualTo(few.standsFor(i));
    }
    for (int i = carried; i < count; i++) {
      for (int j = 0; j < i; j++) {
        boolean both = few.stays(i) && few.stays(j) && answerOf[i] == answerOf[j];
        assertThat(both && texts.get(i).isNearInPromptAndAnswer(texts.get(j), similarity))
            .isFalse();
      }
    }
  }

  private static ComparedShingles prompt(String text) {
    return ComparedShingles.ofPrompt(Shingles.of(text));
  }

  private static ComparedShingles conversation(String prompt, String answer) {
    return ComparedShingles.of(new ComparedText(prompt, answer));
  }

  private static NearChoice choose(String... texts) {
    List<ComparedShingles> shingles = new ArrayList<>();
    for (String text : texts) {
      shingles.add(prompt(text));
    }
    return NearChoice.of(shingles, new int[texts.length], 0, SIMILARITY);
  }
}
