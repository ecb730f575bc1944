package dev.attune.bench.generator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Generates texts of invented words that are about as frequent as real words: the n-th word has a
 * share proportional to 1/n.
 */
public final class InventedWords {
  private static final int COUNT = 5_000;

  /** Rare words from this place on have accents, so that one text in ten is not plain ASCII. */
  private static final int ACCENTED_FROM = 4_930;

  private static final List<String> STARTS =
      List.of(
          "b", "br", "c", "ch", "d", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl",
          "r", "s", "sh", "st", "t", "th", "tr", "w");
  private static final List<String> MIDDLES = List.of("a", "e", "i", "o", "u", "ai", "ea", "oo");
  private static final List<String> ENDS = List.of("", "n", "r", "s", "t", "l", "nd", "ck", "m");

  private final List<String> words;

  private InventedWords(List<String> words) {
    this.words = words;
  }

  /** Creates the words of a seed. */
  public static InventedWords of(long seed) {
    RepeatableRandom dice = RepeatableRandom.of(seed, -1, 0);
    Set<String> words = new LinkedHashSet<>();
    while (words.size() < COUNT) {
      // Frequent words are short.
      int syllables = 1 + dice.below(words.size() < COUNT / 20 ? 1 : 3);
      StringBuilder word = new StringBuilder();
      for (int i = 0; i < syllables; i++) {
        word.append(STARTS.get(dice.below(STARTS.size())))
            .append(MIDDLES.get(dice.below(MIDDLES.size())))
            .append(ENDS.get(dice.below(ENDS.size())));
      }
      words.add(
          words.size() < ACCENTED_FROM
              ? word.toString()
              : word.toString().replace('e', 'é').replace('u', 'ü'));
    }
    return new InventedWords(new ArrayList<>(words));
  }

  /** Returns complete sentences of 4 to 19 words with at least a number of characters. */
  public String text(RepeatableRandom dice, int characters) {
    StringBuilder text = new StringBuilder(characters + 120);
    while (text.length() < characters) {
      int length = 4 + dice.below(16);
      boolean spoken = dice.below(12) == 0;
      if (text.length() > 0) {
        text.append(' ');
      }
      text.append(spoken ? "\"" : "");
      for (int i = 0; i < length; i++) {
        String word = word(dice);
        if (i == 0) {
          text.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word, 1, word.length());
        } else {
          text.append(dice.below(11) == 0 ? ", " : " ").append(word);
        }
      }
      text.append(spoken ? ".\"" : ".");
    }
    return text.toString();
  }

  /** Returns a number of words without punctuation. */
  public String fragment(RepeatableRandom dice, int length) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      parts.add(word(dice));
    }
    return String.join(" ", parts);
  }

  private String word(RepeatableRandom dice) {
    return words.get((int) Math.pow(COUNT, dice.share()) - 1);
  }
}
