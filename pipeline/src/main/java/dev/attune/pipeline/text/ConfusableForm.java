package dev.attune.pipeline.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;

/**
 * The form in which prompts are compared independently of punctuation, spacing, case and look-alike
 * letters: the letters, marks and digits of the normal form, then ICU4J's confusable skeleton
 * (Unicode Technical Standard 39), case-folded again. "Pay pal!" and a Cyrillic look-alike of
 * "paypal" have the same form. It does not depend on the JDK.
 */
public final class ConfusableForm {
  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final SpoofChecker SKELETONS = new SpoofChecker.Builder().build();
  private static final int ASCII = 0x80;
  private static final String[] OF_ASCII = ofAscii();

  private ConfusableForm() {}

  /** Appends the form of a text, which is empty without letters and digits. */
  public static void append(String normalForm, StringBuilder to) {
    int before = to.length();
    for (int i = 0; i < normalForm.length(); i++) {
      char c = normalForm.charAt(i);
      if (c >= ASCII) {
        to.setLength(before);
        to.append(ofUnicode(normalForm));
        return;
      }
      to.append(OF_ASCII[c]);
    }
  }

  private static String[] ofAscii() {
    String[] forms = new String[ASCII];
    for (int c = 0; c < ASCII; c++) {
      // The skeleton of an ASCII character does not depend on its neighbours.
      forms[c] = ofUnicode(String.valueOf((char) c));
    }
    return forms;
  }

  private static String ofUnicode(String normalForm) {
    StringBuilder kept = new StringBuilder(normalForm.length());
    int point;
    for (int i = 0; i < normalForm.length(); i += Character.charCount(point)) {
      point = normalForm.codePointAt(i);
      if (counts(point)) {
        kept.appendCodePoint(point);
      }
    }
    return NFKC_CASEFOLD.normalize(SKELETONS.getSkeleton(kept));
  }

  private static boolean counts(int point) {
    return switch (UCharacter.getType(point)) {
      case UCharacterCategory.UPPERCASE_LETTER,
          UCharacterCategory.LOWERCASE_LETTER,
          UCharacterCategory.TITLECASE_LETTER,
          UCharacterCategory.MODIFIER_LETTER,
          UCharacterCategory.OTHER_LETTER,
          UCharacterCategory.NON_SPACING_MARK,
          UCharacterCategory.ENCLOSING_MARK,
          UCharacterCategory.COMBINING_SPACING_MARK,
          UCharacterCategory.DECIMAL_DIGIT_NUMBER ->
          true;
      default -> false;
    };
  }
}
