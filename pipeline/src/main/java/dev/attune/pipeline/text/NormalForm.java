package dev.attune.pipeline.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import dev.attune.taxonomy.AsciiSpace;

/**
 * The normal form in which texts are compared: NFKC_Casefold of ICU4J, white space folded to single
 * spaces, trimmed. ICU's tables come with Attune, so the form does not change with the JDK.
 */
public final class NormalForm {
  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

  private NormalForm() {}

  /** Returns the normal form. That of a blank text is empty. */
  public static String of(String text) {
    char[] chars = text.toCharArray();
    // The normal form is made in place: it is never longer.
    int length = 0;
    boolean space = false;
    for (char c : chars) {
      if (c >= 0x80) {
        return ofUnicode(text);
      }
      if (AsciiSpace.matches(c)) {
        space = length > 0;
      } else {
        if (space) {
          chars[length++] = ' ';
          space = false;
        }
        chars[length++] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
      }
    }
    return new String(chars, 0, length);
  }

  /**
   * Returns whether the normal form is empty: the text has only white space and ignorable
   * characters.
   */
  public static boolean isBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return ofUnicode(text).isEmpty();
      }
      if (!AsciiSpace.matches(c)) {
        return false;
      }
    }
    return true;
  }

  private static String ofUnicode(String text) {
    char[] chars = NFKC_CASEFOLD.normalize(text).toCharArray();
    int length = 0;
    boolean space = false;
    for (char c : chars) {
      // All white space of Unicode is in its first plane, so a surrogate is none.
      if (UCharacter.isUWhiteSpace(c)) {
        space = length > 0;
      } else {
        if (space) {
          chars[length++] = ' ';
          space = false;
        }
        chars[length++] = c;
      }
    }
    return new String(chars, 0, length);
  }
}
