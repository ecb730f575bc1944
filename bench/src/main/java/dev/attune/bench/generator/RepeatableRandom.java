package dev.attune.bench.generator;

import java.util.SplittableRandom;

/** Pseudorandom numbers that are the same in every run, for one purpose of one record. */
public final class RepeatableRandom {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final SplittableRandom random;

  private RepeatableRandom(long seed) {
    this.random = new SplittableRandom(seed);
  }

  public static RepeatableRandom of(long seed, long record, int purpose) {
    return new RepeatableRandom(mix(seed + mix(record * GOLDEN + purpose)));
  }

  /** Returns a number from 0 inclusive to the bound exclusive. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Returns a number from 0 inclusive to 1 exclusive. */
  double share() {
    return random.nextDouble();
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
