package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
  private static final int PAIRS = 4_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1})
  void findsPairsAtTheThresholdWithFewShinglesToo(double least) {
    Signatures signatures = new Signatures(new Similarity(least));
    for (int either : new int[] {10, 30, 200}) {
      int shared = (int) Math.ceil(least * either - 1e-9);
      int found = 0;
      Random random = new Random(either);
      for (int i = 0; i < PAIRS; i++) {
        found += agree(pair(random, shared, either), signatures) ? 1 : 0;
      }
      assertThat((double) found / PAIRS)
          .as("of %d in either set, %d shared", either, shared)
          .isGreaterThan(0.99);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.6, 0.7, 0.8, 0.9})
  void seldomTakesTextsForCandidatesThatHaveLittleInCommon(double least) {
    Signatures signatures = new Signatures(new Similarity(least));
    int found = 0;
    Random random = new Random(1);
    for (int i = 0; i < PAIRS; i++) {
      found += agree(pair(random, 10, 100), signatures) ? 1 : 0;
    }
    assertThat(found).isLessThan(PAIRS / 500);
  }

  /** Two sets that share so many, of so many that either has; the rest fairly divided. */
  private static Shingles[] pair(Random random, int shared, int either) {
    int onlyOne = (either - shared) / 2;
    long[] all = random.longs(either).sorted().toArray();
    long[] first = new long[shared + onlyOne];
    long[] second = new long[either - onlyOne];
    int apart = either - shared;
    int left = either;
    int firsts = 0;
    int seconds = 0;
    int toFirst = onlyOne;
    for (int i = 0; i < either; i++, left--) {
      boolean inBoth = random.nextInt(left) >= apart;
      boolean inFirst = inBoth || random.nextInt(apart) < toFirst;
      apart -= inBoth ? 0 : 1;
      toFirst -= !inBoth && inFirst ? 1 : 0;
      if (inBoth || inFirst) {
        first[firsts++] = all[i];
      }
      if (inBoth || !inFirst) {
        second[seconds++] = all[i];
      }
    }
    return new Shingles[] {Shingles.ofSorted(first), Shingles.ofSorted(second)};
  }

  private static boolean agree(Shingles[] pair, Signatures signatures) {
    Signatures.Signature a = signatures.of(pair[0]);
    Signatures.Signature b = signatures.of(pair[1]);
    boolean inABand = false;
    for (int band = 0; band < a.bands().length; band++) {
      inABand |= a.bands()[band] == b.bands()[band];
    }
    return inABand
        && signatures.mayBeNear(
            a.sketch().lower(), a.sketch().upper(), b.sketch().lower(), b.sketch().upper());
  }
}
