package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.NoSuchElementException;

/**
 * Iterates over the word 3-grams of a text, each as 64 bits of XXH3, including repetitions. Words
 * are those of {@link WordScan}. A text of one or two words has its words instead. Among a million
 * different 3-grams two have equal bits with a probability of 3e-8.
 */
final class ShingleScan {
  /** The number of words in a shingle. */
  static final int WORDS = 3;

  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final int words;
  private final WordScan scan;
  private int given;
  private long before;
  private long beforeThat;

  /**
   * @param text in normal form, or several of them with spaces between
   */
  ShingleScan(String text) {
    this.words = WordScan.count(text);
    this.scan = new WordScan(text);
    if (words >= WORDS) {
      beforeThat = nextWord();
      before = nextWord();
    }
  }

  /** Returns the shingle of the hashes of three words. */
  static long shingle(long first, long second, long third) {
    return HASHER.hashLongLongLongToLong(first, second, third);
  }

  /** Returns the number of shingles, with repetitions. */
  int count() {
    return words < WORDS ? words : words - WORDS + 1;
  }

  boolean hasNext() {
    return given < count();
  }

  /** Returns the next shingle. Call only if {@link #hasNext}. */
  long next() {
    given++;
    long last = nextWord();
    if (words < WORDS) {
      return last;
    }
    long shingle = shingle(beforeThat, before, last);
    beforeThat = before;
    before = last;
    return shingle;
  }

  private long nextWord() {
    if (!scan.next()) {
      throw new NoSuchElementException("there is no further word");
    }
    return scan.hash();
  }
}
