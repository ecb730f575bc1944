package dev.attune.pipeline.score;

import java.util.ArrayList;
import java.util.List;

/** Finds the phrases with which models refuse, near the beginning of a text. */
final class RefusalPhrases {
  /** How many characters of a text are looked at, in code points; a phrase must lie within them. */
  static final int LOOKED_AT = 200;

  private static final RefusalPhrases BUNDLED =
      new RefusalPhrases(WordList.load("refusal-phrases.txt"));

  /** The phrases by their first character, all of it ASCII. */
  private final List<List<String>> byFirst = new ArrayList<>();

  RefusalPhrases(List<String> phrases) {
    for (int i = 0; i < 0x80; i++) {
      byFirst.add(new ArrayList<>());
    }
    for (String phrase : phrases) {
      byFirst.get(phrase.charAt(0)).add(phrase);
    }
  }

  /** The list that ships with the pipeline. */
  static RefusalPhrases bundled() {
    return BUNDLED;
  }

  /**
   * Whether a phrase stands in the beginning of a text, as whole words, whatever the case, the kind
   * of apostrophe and the white space between its words.
   */
  boolean refuses(String text) {
    int end = 0;
    for (int n = 0; n < LOOKED_AT && end < text.length(); n++) {
      end += Character.charCount(text.codePointAt(end));
    }
    boolean wordBefore = false;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!wordBefore && c < 0x80 && startsHere(text, i, end, DescriptiveWords.asciiLower(c))) {
        return true;
      }
      wordBefore = isWord(text, i);
    }
    return false;
  }

  private boolean startsHere(String text, int start, int end, char first) {
    for (String phrase : byFirst.get(first)) {
      if (standsAt(phrase, text, start, end)) {
        return true;
      }
    }
    return false;
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
    return at >= text.length() || !isWord(text, at);
  }

  /**
   * Half a pair counts as a word: those are letters more often than not where a phrase could end.
   */
  private static boolean isWord(String text, int i) {
    char c = text.charAt(i);
    return Character.isSurrogate(c) || (CharKind.of(c) & CharKind.WORD) != 0;
  }

  private static boolean isSpace(char c) {
    return (CharKind.of(c) & CharKind.SPACE) != 0;
  }

  private static char plain(char c) {
    return c == '’' ? '\'' : DescriptiveWords.asciiLower(c);
  }
}
