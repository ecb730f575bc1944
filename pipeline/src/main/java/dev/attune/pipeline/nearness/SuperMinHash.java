package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHasher;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import java.util.Arrays;

/**
 * Computes the components of SuperMinHash (Ertl, 2017, arXiv:1706.05698) with the random numbers of
 * hash4j's implementation. The components are equal, and take a third of the time.
 *
 * <p>Each element has a random permutation of the components and a random value for each step of
 * it. A component gets the smallest value of those elements that reach it in the earliest step. All
 * elements take a step before any of them takes the next one, until every component has a value;
 * hash4j takes a fixed number of steps for each element in turn. Sets are left to hash4j if one of
 * their random numbers must be drawn twice (a step in 100 million) or if a table would need more
 * than 2 MB. Not thread-safe, because tables are reused.
 */
final class SuperMinHash {
  /** The number of bits of a component. */
  static final int BITS = 16;

  private static final long MASK = (1L << BITS) - 1;
  private static final int MAXIMUM_TABLE = 1 << 20;
  private static final int EMPTY = Integer.MAX_VALUE;
  private static final int REJECTED = -1;

  // The constants of SplitMix64 (Steele, Lea and Flood, 2014).
  private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;
  private static final long FIRST_FACTOR = 0xBF58_476D_1CE4_E5B9L;
  private static final long SECOND_FACTOR = 0x94D0_49BB_1331_11EBL;

  private final int components;
  private final SimilarityHasher library;
  private final long[] values;
  private final int[] steps;
  // The permutations of all elements, one after the other; and their initial state.
  private short[] permutations = new short[0];
  private short[] unpermuted = new short[0];
  // The first component of each element.
  private short[] first = new short[0];

  /** Creates a hasher for a number of components, at most 32,767. */
  SuperMinHash(int components) {
    this.components = components;
    this.library = SimilarityHashing.superMinHash(components, BITS).createHasher();
    this.values = new long[components];
    this.steps = new int[components];
  }

  /**
   * Returns the components of a set, each 0 to 65,535. The array is overwritten by the next call.
   *
   * @param elements hashes of the elements, at least one, each once
   */
  long[] compute(long[] elements) {
    boolean complete =
        takeFirstStep(elements)
            && (empty() == 0 || (isSmall(elements) && takeOtherSteps(elements)));
    if (!complete) {
      return computeWithLibrary(elements);
    }
    for (int i = 0; i < components; i++) {
      values[i] &= MASK;
    }
    return values;
  }

  private boolean isSmall(long[] elements) {
    return (long) elements.length * components <= MAXIMUM_TABLE;
  }

  // Whether a value is the smallest is hard to predict for the processor, so the loops have no
  // branches that depend on it.
  private boolean takeFirstStep(long[] elements) {
    if (first.length < elements.length) {
      first = new short[elements.length];
    }
    Arrays.fill(steps, EMPTY);
    Arrays.fill(values, Long.MAX_VALUE);
    for (int i = 0; i < elements.length; i++) {
      int component = random(elements[i] + GAMMA + GAMMA, components);
      if (component == REJECTED) {
        return false;
      }
      first[i] = (short) component;
      steps[component] = 0;
      values[component] = Math.min(values[component], mix(elements[i] + GAMMA));
    }
    return true;
  }

  private boolean takeOtherSteps(long[] elements) {
    preparePermutations(elements.length);
    for (int step = 1; empty() > 0; step++) {
      long offset = (2L * step + 1) * GAMMA;
      int left = components - step;
      int start = step;
      for (long element : elements) {
        int chosen = random(element + offset + GAMMA, left);
        if (chosen == REJECTED) {
          return false;
        }
        int component = permutations[start + chosen];
        permutations[start + chosen] = permutations[start];
        start += components;
        if (steps[component] >= step) {
          steps[component] = step;
          values[component] = Math.min(values[component], mix(element + offset));
        }
      }
    }
    return true;
  }

  /** Returns how many components have no value yet. */
  private int empty() {
    int empty = 0;
    for (int step : steps) {
      empty += step == EMPTY ? 1 : 0;
    }
    return empty;
  }

  private void preparePermutations(int elements) {
    int size = elements * components;
    if (permutations.length < size) {
      permutations = new short[size];
      unpermuted = new short[size];
      for (int i = 0; i < size; i++) {
        unpermuted[i] = (short) (i % components);
      }
    }
    System.arraycopy(unpermuted, 0, permutations, 0, size);
    for (int i = 0; i < elements; i++) {
      permutations[i * components + first[i]] = 0;
    }
  }

  /**
   * Returns a number from 0 to {@code bound - 1} as Lemire's algorithm does (2019,
   * arXiv:1805.10941), or REJECTED if it would draw another number.
   */
  private static int random(long state, int bound) {
    long product = (mix(state) & 0xFFFF_FFFFL) * bound;
    long low = product & 0xFFFF_FFFFL;
    return low < bound && low < (1L << Integer.SIZE) % bound
        ? REJECTED
        : (int) (product >>> Integer.SIZE);
  }

  private static long mix(long state) {
    long mixed = (state ^ (state >>> 30)) * FIRST_FACTOR;
    mixed = (mixed ^ (mixed >>> 27)) * SECOND_FACTOR;
    return mixed ^ (mixed >>> 31);
  }

  // hash4j stores components of 16 bits in two bytes each, the lower one first.
  private long[] computeWithLibrary(long[] elements) {
    byte[] signature = library.compute(ElementHashProvider.ofValues(elements));
    for (int i = 0; i < components; i++) {
      values[i] =
          Byte.toUnsignedLong(signature[2 * i])
              | Byte.toUnsignedLong(signature[2 * i + 1]) << Byte.SIZE;
    }
    return values;
  }
}
