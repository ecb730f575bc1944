package dev.attune.pipeline.example;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.Serializable;

/**
 * 128 bits of XXH3 that stand for a text or a record. Among n of them the chance that any two
 * differ in what they stand for and not in their bits is about n^2 / 2^129: 1.5e-25 for ten
 * million.
 */
public record Key128(long high, long low) implements Serializable {
  public static Key128 of(HashValue128 hash) {
    return new Key128(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /** One of n buckets. No byte of output depends on it. */
  public int bucket(int buckets) {
    return (int) Math.floorMod(low, (long) buckets);
  }
}
