package dev.attune.pipeline.nearness;

import java.io.Serializable;

/**
 * The minimum Jaccard similarity of near texts: {@code duplicates.similarity}. Whether two sets are
 * near is decided by whole numbers and one exact division. The bounds only save work; a bound that
 * is inexact causes an unnecessary comparison, never a wrong decision.
 *
 * @param least above 0, at most 1
 */
public record Similarity(double least) implements Serializable {
  // Far above the rounding error of a product with a size, and far below one shingle.
  private static final double SLACK = 1e-6;

  public Similarity {
    if (!(least > 0 && least <= 1)) {
      throw new IllegalArgumentException("similarity is " + least + ", not above 0 and at most 1");
    }
  }

  /** Returns whether sets of these sizes that share so many shingles are near. */
  public boolean isNear(int shared, int size, int otherSize) {
    int either = size + otherSize - shared;
    return shared > 0 && (double) shared / either >= least;
  }

  /** Returns how many shingles two sets of these sizes must share to be near, or one less. */
  public int leastShared(int size, int otherSize) {
    return (int) Math.ceil(least / (1 + least) * ((double) size + otherSize) - SLACK);
  }

  /** Returns how many shingles of a set of this size may be missing in a near one. */
  public int mostMissing(int size) {
    return size - (int) Math.ceil(least * size - SLACK);
  }

  /** Returns whether two sorted sets are near. */
  boolean isNear(long[] a, long[] b) {
    int needed = leastShared(a.length, b.length);
    int missesLeft = Math.min(a.length, b.length) - needed;
    if (missesLeft < 0) {
      return false;
    }
    int missesInA = a.length - needed;
    int missesInB = b.length - needed;
    int i = 0;
    int j = 0;
    int shared = 0;
    while (i < a.length && j < b.length) {
      if (a[i] == b[j]) {
        shared++;
        i++;
        j++;
      } else if (a[i] < b[j]) {
        i++;
        if (--missesInA < 0) {
          return false;
        }
      } else {
        j++;
        if (--missesInB < 0) {
          return false;
        }
      }
    }
    return isNear(shared, a.length, b.length);
  }
}
