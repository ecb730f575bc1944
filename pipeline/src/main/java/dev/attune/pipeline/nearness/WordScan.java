package dev.attune.pipeline.nearness;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.ibm.icu.lang.UScript;

/**
 * Iterates over the words of a text: the parts between spaces, with punctuation. In scripts without
 * spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) each code point is a word; code
 * points without a script (digits, punctuation, the prolonged sound mark) or with that of the
 * letter before (combining marks) belong to the word before, and a letter of another script after
 * such a word begins a new one: {@code iphone15の電池。 is iphone15, の, 電, 池。}
 */
public final class WordScan {
  /** The first code point of a script without spaces, Thai. */
  private static final char FIRST_WITHOUT_SPACES = '\u0E00';

  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final String text;
  private final Word word = new Word();
  private int from;
  private int to;

  /**
   * Creates a scan that is before the first word.
   *
   * @param text in normal form, or several of them with spaces between
   */
  WordScan(String text) {
    this.text = text;
  }

  /** Returns the number of words of a text in normal form. */
  public static int count(String text) {
    return count(text, Integer.MAX_VALUE);
  }

  /** Returns the number of words of a text in normal form, counted up to a number. */
  static int count(String text, int most) {
    WordScan scan = new WordScan(text);
    int words = 0;
    while (words < most && scan.next()) {
      words++;
    }
    return words;
  }

  /** Moves to the next word. Returns false if there is none. */
  boolean next() {
    int at = to;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    from = at;
    to = at < text.length() ? end(at) : at;
    return from < to;
  }

  /** Returns the XXH3 hash of the current word. Call only after {@link #next} returned true. */
  long hash() {
    return HASHER.hashCharsToLong(word);
  }

  /** Returns the current word. Call only after {@link #next} returned true. */
  String word() {
    return word.toString();
  }

  private int end(int start) {
    int first = text.codePointAt(start);
    boolean ownWord = first >= FIRST_WITHOUT_SPACES && isOwnWord(UScript.getScript(first));
    int at = start + Character.charCount(first);
    while (at < text.length() && text.charAt(at) != ' ') {
      if (ownWord || text.charAt(at) >= FIRST_WITHOUT_SPACES) {
        int next = text.codePointAt(at);
        if (beginsWord(UScript.getScript(next), ownWord)) {
          return at;
        }
        at += Character.charCount(next);
      } else {
        at++;
      }
    }
    return at;
  }

  private static boolean beginsWord(int script, boolean behindOwnWord) {
    boolean ofNone = script == UScript.COMMON || script == UScript.INHERITED;
    return isOwnWord(script) || (behindOwnWord && !ofNone);
  }

  private static boolean isOwnWord(int script) {
    return switch (script) {
      case UScript.HAN,
          UScript.HIRAGANA,
          UScript.KATAKANA,
          UScript.THAI,
          UScript.LAO,
          UScript.KHMER,
          UScript.MYANMAR ->
          true;
      default -> false;
    };
  }

  /** The part of the text that is the current word, without a copy. */
  private final class Word implements CharSequence {
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
