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
    int length = text.length();
    StringBuilder folded = new StringBuilder(length);
    boolean space = false;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return ofUnicode(text);
      }
      if (AsciiSpace.matches(c)) {
        space = folded.length() > 0;
      } else {
        if (space) {
          folded.append(' ');
          space = false;
        }
        folded.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
      }
    }
    return folded.toString();
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
    String normal = NFKC_CASEFOLD.normalize(text);
    StringBuilder folded = new StringBuilder(normal.length());
    boolean space = false;
    int point;
    for (int i = 0; i < normal.length(); i += Character.charCount(point)) {
      point = normal.codePointAt(i);
      if (UCharacter.isUWhiteSpace(point)) {
        space = folded.length() > 0;
      } else {
        if (space) {
          folded.append(' ');
          space = false;
        }
        folded.appendCodePoint(point);
      }
    }
    return folded.toString();
  }
}
