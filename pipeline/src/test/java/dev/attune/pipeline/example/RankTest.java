package dev.attune.pipeline.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Tests the survivor order: one test for each key, in which all later keys say the opposite. */
class RankTest {
  private static final Fingerprint SMALL = new Fingerprint(1, 0, 0, 0);
  private static final Fingerprint GREAT = new Fingerprint(2, 0, 0, 0);
  private static final Key128 FIRST = new Key128(0, 1);
  private static final Key128 SECOND = new Key128(0, 2);

  @Test
  void putsWhatIsCarriedOverBeforeAllThatIsRead() {
    assertThat(new Rank(Split.VALIDATION, 0, Example.NO_TIME, "z", GREAT, SECOND))
        .isLessThan(new Rank(null, Rank.NOT_SCORED, 0, "a", SMALL, FIRST))
        .isGreaterThan(new Rank(Split.TRAINING, 1, Example.NO_TIME, "z", GREAT, SECOND));
  }

  @Test
  void recordsThatAreNotScoredComeBeforeScoredOnes() {
    assertInOrder(
        new Rank(null, Rank.NOT_SCORED, Example.NO_TIME, "b", GREAT, SECOND),
        new Rank(null, 100, 0, "a", SMALL, FIRST));
  }

  @Test
  void thenTheHighestQuality() {
    assertInOrder(
        new Rank(null, 71, Example.NO_TIME, "b", GREAT, SECOND),
        new Rank(null, 70, 0, "a", SMALL, FIRST));
  }

  @Test
  void thenTheEarliestTimeAndNoTimeLast() {
    assertInOrder(
        new Rank(null, 70, -1, "c", GREAT, SECOND),
        new Rank(null, 70, 1, "b", GREAT, SECOND),
        new Rank(null, 70, Example.NO_TIME, "a", SMALL, FIRST));
  }

  @Test
  void thenTheSmallestIdByItsUtf8Bytes() {
    assertInOrder(
        new Rank(null, 70, 0, "generated:9", GREAT, SECOND),
        new Rank(null, 70, 0, "generated:A", GREAT, SECOND),
        new Rank(null, 70, 0, "generated:A1", GREAT, SECOND),
        new Rank(null, 70, 0, "generated:\u00E4", GREAT, SECOND),
        // In UTF-16 the supplementary character would come before U+FFFD.
        new Rank(null, 70, 0, "generated:\uFFFD", GREAT, SECOND),
        new Rank(null, 70, 0, "generated:\uD83D\uDE00", SMALL, FIRST));
  }

  @Test
  void thenTheSmallestFingerprintAsUnsignedBytes() {
    assertInOrder(
        new Rank(null, 70, 0, "a", new Fingerprint(1, 0, 0, 0), SECOND),
        new Rank(null, 70, 0, "a", new Fingerprint(-1, 0, 0, 0), FIRST));
  }

  @Test
  void rowsThatDifferInTheirPlaceOnlyStillHaveAnOrder() {
    assertInOrder(
        new Rank(null, 70, 0, "a", SMALL, new Key128(1, -1)),
        new Rank(null, 70, 0, "a", SMALL, new Key128(-1, 0)));
    assertInOrder(
        new Rank(null, 70, 0, "a", SMALL, new Key128(1, 1)),
        new Rank(null, 70, 0, "a", SMALL, new Key128(1, -1)));
  }

  @Property(tries = 50)
  void isOneOrderWhateverTheOrderOfInput(@ForAll Random random) {
    List<Rank> sorted = new ArrayList<>();
    for (int quality : new int[] {Rank.NOT_SCORED, 90}) {
      for (long time : new long[] {3, Example.NO_TIME}) {
        for (String id : List.of("a", "b")) {
          for (Fingerprint fingerprint : List.of(SMALL, GREAT)) {
            sorted.add(new Rank(null, quality, time, id, fingerprint, FIRST));
          }
        }
      }
    }
    List<Rank> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, random);
    shuffled.sort(Comparator.naturalOrder());
    assertThat(shuffled).isEqualTo(sorted);
  }

  private static void assertInOrder(Rank... ranks) {
    for (int i = 0; i < ranks.length; i++) {
      for (int j = 0; j < ranks.length; j++) {
        assertThat(Integer.signum(ranks[i].compareTo(ranks[j])))
            .as("%s and %s", ranks[i], ranks[j])
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }
}
