package dev.attune.launcher.baseline;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.util.ULocale;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the prompt of an example into words. ICU4J folds the text (NFKC_Casefold) and finds the
 * words, so that the result does not depend on the JDK, and a text without spaces has words too.
 * Punctuation, the system instruction (the same in every example) and media are ignored.
 */
final class PromptWords {
  /** The number of words of a prompt that are used. */
  static final int LIMIT = 2_000;

  private static final Normalizer2 NFKC_CASEFOLD = Normalizer2.getNFKCCasefoldInstance();

  private PromptWords() {}

  /** Returns the first {@link #LIMIT} words of all turns but the last, in order; may be empty. */
  static List<String> of(ExampleLine example) {
    List<String> words = new ArrayList<>();
    List<Turn> turns = example.turns();
    for (Turn turn : turns.subList(0, turns.size() - 1)) {
      collect(turn.text(), words);
    }
    return words;
  }

  private static void collect(String text, List<String> words) {
    String folded = NFKC_CASEFOLD.normalize(text);
    // ICU returns a new iterator, since iterators are not safe for threads.
    BreakIterator breaks = BreakIterator.getWordInstance(ULocale.ROOT);
    breaks.setText(folded);
    int start = breaks.first();
    int end = breaks.next();
    while (end != BreakIterator.DONE && words.size() < LIMIT) {
      if (breaks.getRuleStatus() >= BreakIterator.WORD_NONE_LIMIT) {
        words.add(folded.substring(start, end));
      }
      start = end;
      end = breaks.next();
    }
  }
}
