package dev.attune.pipeline.score;

import java.util.Arrays;
import java.util.List;

/** The descriptive words, looked up in a text where they stand, without copying them out of it. */
final class DescriptiveWords {
  private static final DescriptiveWords BUNDLED =
      new DescriptiveWords(WordList.load("descriptive-words.txt"));

  /** No word; also what an empty slot of the table holds. */
  static final int NONE = -1;

  private final List<String> words;
  private final int[] table;
  private final int longest;

  DescriptiveWords(List<String> words) {
    this.words = List.copyOf(words);
    longest = words.stream().mapToInt(String::length).max().orElse(0);
    table = new int[Integer.highestOneBit(Math.max(4, words.size())) * 4];
    Arrays.fill(table, NONE);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (indexOf(word, 0, word.length()) != NONE) {
        throw new IllegalStateException("the word " + word + " stands twice");
      }
      int slot = hash(word, 0, word.length()) & (table.length - 1);
      while (table[slot] != NONE) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = i;
    }
  }

  /** The list that ships with the pipeline. */
  static DescriptiveWords bundled() {
    return BUNDLED;
  }

  /**
   * The number of the word that stands in a part of a text, whatever its case, or {@link #NONE}.
   */
  int indexOf(String text, int start, int end) {
    if (end - start > longest) {
      return NONE;
    }
    int slot = hash(text, start, end) & (table.length - 1);
    while (table[slot] != NONE) {
      if (matches(words.get(table[slot]), text, start, end)) {
        return table[slot];
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return NONE;
  }

  private static boolean matches(String word, String text, int start, int end) {
    if (word.length() != end - start) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (asciiLower(text.charAt(i)) != word.charAt(i - start)) {
        return false;
      }
    }
    return true;
  }

  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + asciiLower(text.charAt(i));
    }
    return hash ^ (hash >>> 15);
  }

  /** The lower-case letter of an upper-case one of ASCII; any other character as it is. */
  static char asciiLower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
