package dev.attune.bench.generator;

import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.text.NormalForm;
import java.util.List;
import java.util.Locale;

/**
 * Generates texts of one template, and distinct texts with as many words. A template has 110 words,
 * six of which are slots far from each other. Each slot in which two texts differ changes three of
 * their 108 word 3-grams, so texts that differ in n slots have a similarity of (108 - 3n) / (108 +
 * 3n): 0.95, 0.89, 0.85, 0.80, 0.76, 0.71.
 *
 * @param values the number of words for each slot
 * @param usual the share of slots with the template's own word; 0 to 1
 */
public record TemplateTexts(int values, double usual) {
  private static final long SEED = 11;
  private static final int WORDS = 110;
  private static final int SLOTS = 6;
  private static final int FIRST_SLOT = 9;
  private static final int BETWEEN_SLOTS = 18;
  private static final int SAMPLE = 20_000;

  private static final InventedWords ALL_WORDS = InventedWords.of(SEED);
  private static final List<String> TEMPLATE =
      List.of(ALL_WORDS.fragment(RepeatableRandom.of(SEED, 0, 0), WORDS).split(" "));

  /**
   * Similarities of a sample of pairs.
   *
   * @param least the smallest one, without equal pairs
   * @param most the greatest one, without equal pairs
   * @param near the share of equal or near pairs
   */
  record Similarities(double least, double most, double near) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f to %.2f, %.1f%% near", least, most, 100 * near);
    }
  }

  /** Returns a text that shares no 3-grams with others. */
  static String distinct(int number) {
    return ALL_WORDS.fragment(RepeatableRandom.of(SEED, number, 1), WORDS);
  }

  /** Returns a text of the template. */
  String text(int number) {
    String[] words = TEMPLATE.toArray(String[]::new);
    RepeatableRandom dice = RepeatableRandom.of(SEED, number, 2);
    for (int slot = 0; slot < SLOTS; slot++) {
      if (dice.share() >= usual) {
        words[FIRST_SLOT + slot * BETWEEN_SLOTS] = "v" + dice.below(values);
      }
    }
    return String.join(" ", words);
  }

  /** Measures a sample of pairs of the first texts. */
  public Similarities similarities(int texts, double similarity) {
    RepeatableRandom dice = RepeatableRandom.of(SEED, 0, 3);
    double least = 1;
    double most = 0;
    int near = 0;
    for (int i = 0; i < SAMPLE; i++) {
      double found = shingles(dice.below(texts)).similarity(shingles(dice.below(texts)));
      near += found >= similarity ? 1 : 0;
      if (found < 1) {
        least = Math.min(least, found);
        most = Math.max(most, found);
      }
    }
    return new Similarities(least, most, (double) near / SAMPLE);
  }

  private Shingles shingles(int number) {
    return Shingles.of(NormalForm.of(text(number)));
  }

  /** Returns the name in the table. */
  public String name() {
    return String.format(Locale.ROOT, "%,d values, %.0f%% usual", values, 100 * usual);
  }
}
