package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShinglesTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "one, 1",
    "one two, 2",
    "one one, 1",
    "one two three, 1",
    "one two three four, 2",
    "on and on and on and on, 2",
    "'  one   two  three  four ', 2",
  })
  void areTheWordsThreeAtATimeEachOnce(String text, int expected) {
    assertThat(Shingles.of(text).size()).isEqualTo(expected);
  }

  @Test
  void keepPunctuation() {
    assertThat(Shingles.of("is it so?").similarity(Shingles.of("is it so"))).isZero();
  }

  @Test
  void tellOneWordFromTwo() {
    assertThat(Shingles.of("ab c d").similarity(Shingles.of("a bc d"))).isZero();
  }

  @Test
  void ofATextWithoutWordsAreNearNothing() {
    Shingles none = Shingles.of(" ");
    assertThat(none.similarity(none)).isZero();
    assertThat(none.isNear(none, new Similarity(0.1))).isFalse();
  }

  @Test
  void areNearFromTheSimilarityOn() {
    // Four 3-grams of which the other has all, and one more.
    Shingles six = Shingles.of("a b c d e f");
    Shingles seven = Shingles.of("a b c d e f g");
    assertThat(six.similarity(seven)).isEqualTo(0.8);
    assertThat(six.isNear(seven, new Similarity(0.8))).isTrue();
    assertThat(six.isNear(seven, new Similarity(0.800001))).isFalse();
  }

  @Property(tries = 500)
  void haveTheSimilarityOfTheSetsOfTexts(
      @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> a,
      @ForAll @Size(max = 40) List<@IntRange(max = 4) Integer> b,
      @ForAll @IntRange(min = 1, max = 20) int twentieths) {
    Set<String> setOfA = naive(a);
    Set<String> either = new HashSet<>(setOfA);
    either.addAll(naive(b));
    Set<String> both = new HashSet<>(setOfA);
    both.retainAll(naive(b));
    double expected = either.isEmpty() ? 0 : (double) both.size() / either.size();

    Shingles shinglesOfA = Shingles.of(text(a));
    Shingles shinglesOfB = Shingles.of(text(b));

    assertThat(shinglesOfA.similarity(shinglesOfB)).isEqualTo(expected);
    double least = twentieths / 20.0;
    assertThat(shinglesOfA.isNear(shinglesOfB, new Similarity(least))).isEqualTo(expected >= least);
  }

  private static String text(List<Integer> words) {
    return String.join(" ", words.stream().map(w -> "word" + w).toList());
  }

  private static Set<String> naive(List<Integer> words) {
    List<String> all = new ArrayList<>(words.stream().map(w -> "word" + w).toList());
    if (all.size() < 3) {
      return new HashSet<>(all);
    }
    Set<String> threes = new HashSet<>();
    for (int i = 0; i + 2 < all.size(); i++) {
      threes.add(String.join(" ", all.subList(i, i + 3)));
    }
    return threes;
  }
}
