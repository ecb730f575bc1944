package dev.attune.launcher.baseline;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The unigrams and bigrams of words. A unigram is the word; a bigram is two words with a space
 * between, where nothing stands for the begin and the end of the text. No word holds a space, so
 * two n-grams are equal only when their words are.
 */
final class NGrams {
  private NGrams() {}

  /** How often each occurs, in the order of their characters; of no words, none. */
  static SortedMap<String, Integer> count(List<String> words) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    String previous = "";
    for (String word : words) {
      counts.merge(word, 1, Integer::sum);
      counts.merge(previous + " " + word, 1, Integer::sum);
      previous = word;
    }
    if (!words.isEmpty()) {
      counts.merge(previous + " ", 1, Integer::sum);
    }
    return counts;
  }
}
