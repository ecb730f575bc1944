package dev.attune.pipeline.judge.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** What the contract's section 6 says of texts, written down once more. */
public final class JudgedText {
  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
  private static final SpoofChecker CONFUSABLES = new SpoofChecker.Builder().build();

  /** The judge asks many times, and skeletons of long texts are slow. */
  private static final Map<String, String> FOLDED =
      Collections.synchronizedMap(new WeakHashMap<>());

  private static final Set<Integer> WITHOUT_SPACES =
      Set.of(
          UScript.HAN,
          UScript.HIRAGANA,
          UScript.KATAKANA,
          UScript.THAI,
          UScript.LAO,
          UScript.KHMER,
          UScript.MYANMAR);

  private JudgedText() {}

  /** NFKC_Casefold, white space folded to single spaces, trimmed. */
  public static String normalForm(String text) {
    StringBuilder spaced = new StringBuilder();
    NFKC_CASEFOLD
        .normalize(text)
        .codePoints()
        .forEach(point -> spaced.appendCodePoint(UCharacter.isUWhiteSpace(point) ? ' ' : point));
    List<String> words = new ArrayList<>();
    for (String word : spaced.toString().split(" ", -1)) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return String.join(" ", words);
  }

  /** NFKC_Casefold, only letters, marks and digits, the skeleton, NFKC_Casefold. */
  public static String folded(String text) {
    return FOLDED.computeIfAbsent(text, JudgedText::fold);
  }

  private static String fold(String text) {
    StringBuilder kept = new StringBuilder();
    NFKC_CASEFOLD
        .normalize(text)
        .codePoints()
        .filter(point -> isLetter(point) || isMark(point) || UCharacter.isDigit(point))
        .forEach(kept::appendCodePoint);
    return NFKC_CASEFOLD.normalize(CONFUSABLES.getSkeleton(kept));
  }

  private static boolean isLetter(int point) {
    return UCharacter.isLetter(point);
  }

  private static boolean isMark(int point) {
    int type = UCharacter.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** The words of a text's normal form. */
  public static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String spaced : normalForm(text).split(" ", -1)) {
      if (!spaced.isEmpty()) {
        addWords(spaced, words);
      }
    }
    return words;
  }

  private static void addWords(String spaced, List<String> words) {
    StringBuilder word = new StringBuilder();
    boolean closed = false;
    for (int point : spaced.codePoints().toArray()) {
      int script = UScript.getScript(point);
      boolean alone = WITHOUT_SPACES.contains(script);
      boolean follows = script == UScript.COMMON || script == UScript.INHERITED;
      if (word.length() > 0 && (alone || (closed && !follows))) {
        words.add(word.toString());
        word.setLength(0);
        closed = false;
      }
      word.appendCodePoint(point);
      closed |= alone;
    }
    words.add(word.toString());
  }

  /** The set of 3-grams of words; of fewer than three words, the words. */
  public static Set<String> shingles(List<String> words) {
    if (words.size() < 3) {
      return new HashSet<>(words);
    }
    Set<String> shingles = new HashSet<>();
    for (int i = 0; i + 3 <= words.size(); i++) {
      shingles.add(String.join(" ", words.subList(i, i + 3)));
    }
    return shingles;
  }
}
