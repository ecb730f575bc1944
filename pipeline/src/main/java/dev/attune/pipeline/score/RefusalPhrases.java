package dev.attune.pipeline.score;

import java.util.ArrayList;
import java.util.List;

/** Finds the phrases with which models refuse to answer, near the beginning of a text. */
public final class RefusalPhrases {
  /** The number of code points of a text that are searched; a phrase must end within them. */
  static final int LOOKED_AT = 200;

  private static final RefusalPhrases BUNDLED =
      new RefusalPhrases(WordList.load("refusal-phrases.txt"));

  /** The phrases by the {@link #key} of their first two characters. */
  private final List<List<String>> byBeginning = new ArrayList<>();

  RefusalPhrases(List<String> phrases) {
    for (int i = 0; i < 0x80 * 0x80; i++) {
      byBeginning.add(List.of());
    }
    for (String phrase : phrases) {
      int key = key(phrase.charAt(0), phrase.charAt(1));
      List<String> longer = new ArrayList<>(byBeginning.get(key));
      longer.add(phrase);
      byBeginning.set(key, longer);
    }
  }

  /** Returns the list that ships with the pipeline. */
  public static RefusalPhrases bundled() {
    return BUNDLED;
  }

  /**
   * Returns whether the beginning of a text contains a phrase as whole words. Case, the kind of
   * apostrophe and the white space between words do not matter.
   */
  public boolean refuses(String text) {
    int end = Math.min(text.length(), LOOKED_AT);
    boolean wordBefore = false;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        int codePoint = text.codePointAt(i);
        wordBefore = (CharKind.of(codePoint) & CharKind.WORD) != 0;
        if (codePoint != c) { // one character of two chars; phrases hold none
          i++;
          end = Math.min(text.length(), end + 1);
        }
      } else if (CharKind.of(c) != CharKind.WORD) {
        wordBefore = false;
      } else if (!wordBefore) {
        if (startsHere(text, i, end)) {
          return true;
        }
        wordBefore = true;
      }
    }
    return false;
  }

  private boolean startsHere(String text, int start, int end) {
    if (start + 1 >= end) {
      return false;
    }
    char second = text.charAt(start + 1);
    int key = key(plain(text.charAt(start)), isSpace(second) ? ' ' : plain(second));
    if (key < 0) {
      return false;
    }
    List<String> phrases = byBeginning.get(key);
    for (int i = 0; i < phrases.size(); i++) {
      if (standsAt(phrases.get(i), text, start, end)) {
        return true;
      }
    }
    return false;
  }

  /** Returns a number for two ASCII characters, or -1 if one is not ASCII. */
  private static int key(char first, char second) {
    return (first | second) < 0x80 ? (first << 7) | second : -1;
  }

  private static boolean standsAt(String phrase, String text, int start, int end) {
    int at = start;
    for (int i = 0; i < phrase.length(); i++) {
      if (at >= end) {
        return false;
      }
      char wanted = phrase.charAt(i);
      if (wanted == ' ') {
        int space = at;
        while (at < end && isSpace(text.charAt(at))) {
          at++;
        }
        if (at == space) {
          return false;
        }
      } else if (plain(text.charAt(at++)) != wanted) {
        return false;
      }
    }
    return at >= text.length() || (CharKind.of(text.codePointAt(at)) & CharKind.WORD) == 0;
  }

  private static boolean isSpace(char c) {
    return (CharKind.of(c) & CharKind.SPACE) != 0;
  }

  private static char plain(char c) {
    return c == '’' ? '\'' : DescriptiveWords.asciiLower(c);
  }
}
