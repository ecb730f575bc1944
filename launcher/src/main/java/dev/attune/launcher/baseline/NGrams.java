package dev.attune.launcher.baseline;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The unigrams and bigrams of words. A unigram is the word; a bigram is two words with a space
 * between, where an empty word is the begin or the end of the text. No word contains a space, so
 * two n-grams are equal only if their words are.
 */
final class NGrams {
  private NGrams() {}

  /** Returns the count of each n-gram, in the order of their characters; empty without words. */
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
