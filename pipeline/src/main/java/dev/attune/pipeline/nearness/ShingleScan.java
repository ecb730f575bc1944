package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.NoSuchElementException;

/**
 * The word 3-grams of a text one after the other, each as 64 bits of XXH3, repeated ones repeated.
 * Words are those of {@link WordScan}. A text of one or two words gives its words instead. Among a
 * million different 3-grams two agree in their bits with a chance of 3e-8.
 */
final class ShingleScan {
  /** So many words make a shingle. */
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

  /** The shingle of three words, by their hashes. */
  static long shingle(long first, long second, long third) {
    return HASHER.hashLongLongLongToLong(first, second, third);
  }

  /** How many there are, with repetitions. */
  int count() {
    return words < WORDS ? words : words - WORDS + 1;
  }

  boolean hasNext() {
    return given < count();
  }

  /** The next one; only after {@link #hasNext}. */
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
