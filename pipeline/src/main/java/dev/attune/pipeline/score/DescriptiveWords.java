package dev.attune.pipeline.score;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The descriptive words, which a text is searched for. */
final class DescriptiveWords {
  private static final DescriptiveWords BUNDLED =
      new DescriptiveWords(WordList.load("descriptive-words.txt"));

  /** The number of a text that is not one of the words. */
  static final int NONE = -1;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final int longest;

  DescriptiveWords(List<String> words) {
    for (String word : words) {
      if (numbers.put(word, numbers.size()) != null) {
        throw new IllegalStateException("the word " + word + " is in the list twice");
      }
    }
    longest = words.stream().mapToInt(String::length).max().orElse(0);
  }

  /** Returns the list that ships with the pipeline. */
  static DescriptiveWords bundled() {
    return BUNDLED;
  }

  /**
   * Returns the number of the word in a part of a text, or {@link #NONE}. The case of ASCII letters
   * does not matter.
   */
  int indexOf(String text, int start, int end) {
    if (end - start > longest) {
      return NONE;
    }
    char[] word = new char[end - start];
    for (int i = 0; i < word.length; i++) {
      word[i] = asciiLower(text.charAt(start + i));
    }
    return numbers.getOrDefault(new String(word), NONE);
  }

  /**
   * Returns the lower-case letter of an upper-case ASCII letter, and any other character as it is.
   */
  static char asciiLower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
