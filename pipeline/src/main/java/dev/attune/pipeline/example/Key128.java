package dev.attune.pipeline.example;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.io.Serializable;

/**
 * A 128-bit XXH3 hash of a text or a record. Among n of them two different values collide with a
 * probability of about n^2 / 2^129: 1.5e-25 for ten million.
 */
public record Key128(long high, long low) implements Serializable {
  public static Key128 of(HashValue128 hash) {
    return new Key128(hash.getMostSignificantBits(), hash.getLeastSignificantBits());
  }

  /**
   * Returns the bucket of a key, from 0 to {@code buckets} - 1. No byte of the output depends on
   * it.
   */
  public int bucket(int buckets) {
    return (int) Math.floorMod(low, (long) buckets);
  }
}
