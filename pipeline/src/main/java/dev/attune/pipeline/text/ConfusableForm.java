package dev.attune.pipeline.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import org.jspecify.annotations.Nullable;

/**
 * The form in which prompts are compared independently of punctuation, spacing, case and look-alike
 * letters: the letters, marks and digits of the normal form, then ICU4J's confusable skeleton
 * (Unicode Technical Standard 39), case-folded again. "Pay pal!" and a Cyrillic look-alike of
 * "paypal" have the same form. It does not depend on the JDK.
 */
public final class ConfusableForm {
  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final Normalizer2 NFD = Normalizer2.getNFDInstance();
  private static final SpoofChecker SKELETONS = new SpoofChecker.Builder().build();

  // The forms of single characters, filled when they are first needed. Threads may compute the same
  // form twice. A character that may change with the ones before it, such as a mark, has DEPENDENT.
  private static final @Nullable String[] FORMS = new String[Character.MAX_VALUE + 1];
  private static final String DEPENDENT = "?";

  // The forms of most characters, which have one character or none; UNKNOWN for the others and
  // before the form is first needed. No form contains either value.
  private static final char[] SHORT_FORMS = new char[Character.MAX_VALUE + 1];
  private static final char UNKNOWN = 0;
  private static final char NOTHING = '\uFFFF';

  private ConfusableForm() {}

  /** Appends the form of a text, which is empty without letters and digits. */
  public static void append(String normalForm, StringBuilder to) {
    int before = to.length();
    char[] chars = normalForm.toCharArray();
    // Short forms are collected in place: they are at most as many as the characters read.
    int length = 0;
    for (char c : chars) {
      char shortForm = SHORT_FORMS[c];
      if (shortForm == UNKNOWN) {
        String form = form(c);
        if (form.equals(DEPENDENT)) {
          to.setLength(before);
          to.append(ofWhole(normalForm));
          return;
        }
        to.append(chars, 0, length).append(form);
        length = 0;
      } else if (shortForm != NOTHING) {
        chars[length++] = shortForm;
      }
    }
    to.append(chars, 0, length);
  }

  private static String form(char c) {
    String form = FORMS[c];
    if (form == null) {
      form = isIndependent(c) ? ofWhole(String.valueOf(c)) : DEPENDENT;
      FORMS[c] = form;
      if (form.isEmpty()) {
        SHORT_FORMS[c] = NOTHING;
      } else if (form.length() == 1 && !form.equals(DEPENDENT)) {
        SHORT_FORMS[c] = form.charAt(0);
      }
    }
    return form;
  }

  /**
   * Returns whether the form of a text is that of the part before this character, then this
   * character's, whatever is before it: no normalization joins it or its skeleton with what is
   * before.
   */
  private static boolean isIndependent(char c) {
    if (Character.isSurrogate(c)) {
      return false;
    }
    if (!counts(c)) {
      return true;
    }
    String skeleton = SKELETONS.getSkeleton(String.valueOf(c));
    return NFD.hasBoundaryBefore(c)
        && (skeleton.isEmpty()
            || (NFD.hasBoundaryBefore(skeleton.codePointAt(0))
                && NFKC_CASEFOLD.hasBoundaryBefore(skeleton.codePointAt(0))));
  }

  // Visible to tests.
  static String ofWhole(String normalForm) {
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
