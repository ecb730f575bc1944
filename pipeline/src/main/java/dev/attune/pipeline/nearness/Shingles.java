package dev.attune.pipeline.nearness;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The set of a text's word 3-grams, as their hashes in ascending order. A text of one or two words
 * has its words instead. Empty for a text without words, which is near nothing.
 */
public final class Shingles implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The set of a text without words. */
  public static final Shingles NONE = new Shingles(new long[0]);

  // For the first size of an array; words of most languages are longer.
  private static final int CHARACTERS_IN_A_WORD = 4;

  private final long[] hashes;

  private Shingles(long[] hashes) {
    this.hashes = hashes;
  }

  /** Returns the shingles of a text. */
  public static Shingles of(String text) {
    long[] words = words(text);
    return ofWords(words, 0, words.length);
  }

  /** Returns the hashes of a text's words, in order. */
  static long[] words(String text) {
    long[] hashes = new long[text.length() / CHARACTERS_IN_A_WORD + 1];
    WordScan scan = new WordScan(text);
    int words = 0;
    while (scan.next()) {
      if (words == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * words);
      }
      hashes[words++] = scan.hash();
    }
    return words == hashes.length ? hashes : Arrays.copyOf(hashes, words);
  }

  /** Returns the shingles of a part of the words; {@code to} is exclusive. */
  static Shingles ofWords(long[] words, int from, int to) {
    long[] hashes;
    if (to - from < ShingleScan.WORDS) {
      hashes = Arrays.copyOfRange(words, from, to);
    } else {
      hashes = new long[to - from - ShingleScan.WORDS + 1];
      for (int i = 0; i < hashes.length; i++) {
        int at = from + i;
        hashes[i] = ShingleScan.shingle(words[at], words[at + 1], words[at + 2]);
      }
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
   * Returns the set of hashes in ascending order without repetitions. The array is not copied and
   * must not be changed.
   */
  public static Shingles ofSorted(long[] hashes) {
    return new Shingles(hashes);
  }

  /** Returns the hashes in ascending order. The array is not copied and must not be changed. */
  public long[] hashes() {
    return hashes;
  }

  public int size() {
    return hashes.length;
  }

  /**
   * Returns the Jaccard similarity, 0 to 1: the size of the intersection divided by that of the
   * union.
   */
  public double similarity(Shingles other) {
    int shared = shared(other);
    int either = hashes.length + other.hashes.length - shared;
    return either == 0 ? 0 : (double) shared / either;
  }

  /** Returns whether the similarity is at least this value. */
  public boolean isNear(Shingles other, Similarity least) {
    return least.isNear(hashes, other.hashes);
  }

  /** Returns this set without the shingles of another one. */
  public Shingles without(Shingles other) {
    int shared = shared(other);
    if (shared == 0) {
      return this;
    }
    long[] left = new long[hashes.length - shared];
    int j = 0;
    int size = 0;
    for (long hash : hashes) {
      while (j < other.hashes.length && other.hashes[j] < hash) {
        j++;
      }
      if (j == other.hashes.length || other.hashes[j] != hash) {
        left[size++] = hash;
      }
    }
    return new Shingles(left);
  }

  /** Returns the union of both sets. */
  public Shingles with(Shingles other) {
    int shared = shared(other);
    if (shared == other.hashes.length) {
      return this;
    }
    long[] both = new long[hashes.length + other.hashes.length - shared];
    int i = 0;
    int j = 0;
    for (int at = 0; at < both.length; at++) {
      boolean mine =
          j == other.hashes.length || (i < hashes.length && hashes[i] <= other.hashes[j]);
      boolean theirs =
          i == hashes.length || (j < other.hashes.length && other.hashes[j] <= hashes[i]);
      both[at] = mine ? hashes[i] : other.hashes[j];
      i += mine ? 1 : 0;
      j += theirs ? 1 : 0;
    }
    return new Shingles(both);
  }

  /** Returns whether this set contains another one. */
  public boolean hasAll(Shingles other) {
    return shared(other) == other.hashes.length;
  }

  /** Returns the size of the intersection. */
  int shared(Shingles other) {
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
