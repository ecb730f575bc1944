package dev.attune.taxonomy;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;

/** Normalizes spellings: removes white space, folds case and compatibility forms. */
final class Spelling {
  private static final Normalizer2 FOLD = Normalizer2.getNFKCCasefoldInstance();

  private Spelling() {}

  /**
   * Returns the look-up key of a spelling: NFKC_Casefold without white space. Empty for a blank
   * spelling.
   */
  static String key(String spelling) {
    int length = spelling.length();
    boolean changes = false;
    for (int i = 0; i < length; i++) {
      char c = spelling.charAt(i);
      if (c >= 0x80) {
        return foldedKey(spelling);
      }
      changes |= isAsciiUpper(c) || AsciiSpace.matches(c);
    }
    return changes ? asciiKey(spelling) : spelling;
  }

  private static String asciiKey(String spelling) {
    char[] key = new char[spelling.length()];
    int n = 0;
    for (int i = 0; i < key.length; i++) {
      char c = spelling.charAt(i);
      if (!AsciiSpace.matches(c)) {
        key[n++] = isAsciiUpper(c) ? (char) (c + ('a' - 'A')) : c;
      }
    }
    return new String(key, 0, n);
  }

  private static String foldedKey(String spelling) {
    String folded = FOLD.normalize(spelling);
    var key = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (!UCharacter.isUWhiteSpace(c)) { // all white space lies in the basic plane
        key.append(c);
      }
    }
    return key.toString();
  }

  private static boolean isAsciiUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
