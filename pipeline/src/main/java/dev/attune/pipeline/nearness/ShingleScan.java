package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The word 3-grams of a text one after the other, each as 64 bits of XXH3, repeated ones repeated.
 * Words are what stands between spaces, punctuation included. A text of one or two words gives its
 * words instead. Among a million different 3-grams two agree in their bits with a chance of 3e-8.
 */
final class ShingleScan {
  private static final int WORDS = 3;
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final String text;
  private final int words;
  private final Word word = new Word();
  private int at;
  private int given;
  private long before;
  private long beforeThat;

  /**
   * @param text in normal form, or several of them with spaces between
   */
  ShingleScan(String text) {
    this.text = text;
    this.words = words(text);
    if (words >= WORDS) {
      beforeThat = nextWord();
      before = nextWord();
    }
  }

  private static int words(String text) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean letter = text.charAt(i) != ' ';
      words += letter && !inWord ? 1 : 0;
      inWord = letter;
    }
    return words;
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
    int start = at;
    while (text.charAt(start) == ' ') {
      start++;
    }
    int end = start + 1;
    while (end < text.length() && text.charAt(end) != ' ') {
      end++;
    }
    at = end;
    word.from = start;
    word.to = end;
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
