package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SuperMinHashTest {
  private static final int COMPONENTS = 64;

  /** The increment of SplitMix64, the generator of the random numbers. */
  private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 24, 64, 66, 512})
  void hasTheComponentsOfItsLibrary(int components) {
    SuperMinHash hash = new SuperMinHash(components);
    Random random = new Random(components);
    for (int size : new int[] {1, 2, 3, 10, 68, 300, 5_000}) {
      for (int i = 0; i < 20; i++) {
        long[] set = random.longs(size).toArray();
        assertThat(hash.compute(set)).as("%d elements", size).isEqualTo(ofLibrary(set, components));
      }
    }
  }

  @Test
  void drawsAnotherRandomNumberWhereItsLibraryDoes() {
    // The random number of the second step is 0, which is biased towards the first component.
    long[] set = {-(GAMMA << 2), 1, 2};
    assertThat(new SuperMinHash(COMPONENTS).compute(set)).isEqualTo(ofLibrary(set, COMPONENTS));
  }

  private static long[] ofLibrary(long[] set, int components) {
    SimilarityHashPolicy policy = SimilarityHashing.superMinHash(components, SuperMinHash.BITS);
    byte[] signature = policy.createHasher().compute(ElementHashProvider.ofValues(set));
    long[] expected = new long[components];
    for (int i = 0; i < components; i++) {
      expected[i] = policy.getComponent(signature, i);
    }
    return expected;
  }
}
