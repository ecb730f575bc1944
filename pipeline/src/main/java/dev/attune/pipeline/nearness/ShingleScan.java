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
  private static final int WORDS = 3;
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final String text;
  private final int words;
  private final WordScan scan;
  private final Word word = new Word();
  private int given;
  private long before;
  private long beforeThat;

  /**
   * @param text in normal form, or several of them with spaces between
   */
  ShingleScan(String text) {
    this.text = text;
    this.words = WordScan.count(text);
    this.scan = new WordScan(text);
    if (words >= WORDS) {
      beforeThat = nextWord();
      before = nextWord();
    }
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
    long shingle = HASHER.hashLongLongLongToLong(beforeThat, before, last);
    beforeThat = before;
    before = last;
    return shingle;
  }

  private long nextWord() {
    if (!scan.next()) {
      throw new NoSuchElementException("there is no further word");
    }
    word.from = scan.from();
    word.to = scan.to();
    return HASHER.hashCharsToLong(word);
  }

  /** A part of the text, not copied. */
  private final class Word implements CharSequence {
    private int from;
    private int to;

    @Override
    public int length() {
      return to - from;
    }

    @Override
    public char charAt(int index) {
      return text.charAt(from + index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(from + start, from + end);
    }

    @Override
    public String toString() {
      return text.substring(from, to);
    }
  }
}
