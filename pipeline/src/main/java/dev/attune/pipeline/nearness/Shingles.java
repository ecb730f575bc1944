package dev.attune.pipeline.nearness;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The set of a text's word 3-grams (contract, section 6: of fewer than three words, the words), as
 * their hashes in ascending order. Empty for a text without words, which is near nothing.
 */
public final class Shingles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] hashes;

  private Shingles(long[] hashes) {
    this.hashes = hashes;
  }

  /**
   * Of a text.
   *
   * @param text see {@link ComparedText}
   */
  public static Shingles of(String text) {
    ShingleScan scan = new ShingleScan(text);
    long[] hashes = new long[scan.count()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = scan.next();
    }
    Arrays.sort(hashes);
    int distinct = 0;
    for (int i = 0; i < hashes.length; i++) {
      if (i == 0 || hashes[i] != hashes[i - 1]) {
        hashes[distinct++] = hashes[i];
      }
    }
    return new Shingles(distinct == hashes.length ? hashes : Arrays.copyOf(hashes, distinct));
  }

  /**
   * Of hashes that are in ascending order without repetitions. Not copied: nobody may change them.
   */
  public static Shingles ofSorted(long[] hashes) {
    return new Shingles(hashes);
  }

  /** The hashes in ascending order. Not copied: nobody may change them. */
  public long[] hashes() {
    return hashes;
  }

  public int size() {
    return hashes.length;
  }

  /** Jaccard similarity: how many shingles both have, of those that either has; 0 to 1. */
  public double similarity(Shingles other) {
    int shared = shared(other);
    int either = hashes.length + other.hashes.length - shared;
    return either == 0 ? 0 : (double) shared / either;
  }

  /** Whether the similarity is at least this; ends early where it cannot be. */
  public boolean isNear(Shingles other, Similarity least) {
    return least.isNear(hashes, other.hashes);
  }

  private int shared(Shingles other) {
    int shared = 0;
    int i = 0;
    int j = 0;
    while (i < hashes.length && j < other.hashes.length) {
      long mine = hashes[i];
      long theirs = other.hashes[j];
      shared += mine == theirs ? 1 : 0;
      i += mine <= theirs ? 1 : 0;
      j += theirs <= mine ? 1 : 0;
    }
    return shared;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shingles that && Arrays.equals(hashes, that.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return hashes.length + " shingles";
  }
}
