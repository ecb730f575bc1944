package dev.attune.bench;

import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.text.NormalForm;
import java.util.List;
import java.util.Locale;

/**
 * Texts of one template, and texts of as many words that have nothing in common. A template has 110
 * words, six of them slots that are far from each other: each slot in which two texts differ
 * changes three of their 108 word 3-grams, so that they are similar by (108 - 3n) / (108 + 3n):
 * 0.95, 0.89, 0.85, 0.80, 0.76, 0.71.
 *
 * @param values how many words there are for each slot
 * @param usual the share of slots that have the template's own word; 0 to 1
 */
record TemplateTexts(int values, double usual) {
  private static final long SEED = 11;
  private static final int WORDS = 110;
  private static final int SLOTS = 6;
  private static final int FIRST_SLOT = 9;
  private static final int BETWEEN_SLOTS = 18;
  private static final int SAMPLE = 20_000;

  private static final Words ALL_WORDS = Words.of(SEED);
  private static final List<String> TEMPLATE =
      List.of(ALL_WORDS.fragment(Dice.of(SEED, 0, 0), WORDS).split(" "));

  /**
   * How similar pairs of texts are.
   *
   * @param least of a sample, without pairs that are equal
   * @param most of a sample, without pairs that are equal
   * @param near the share of pairs that are equal or near
   */
  record Similarities(double least, double most, double near) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.2f to %.2f, %.1f%% near", least, most, 100 * near);
    }
  }

  /** A text that has nothing in common with others. */
  static String distinct(int number) {
    return ALL_WORDS.fragment(Dice.of(SEED, number, 1), WORDS);
  }

  /** One of the template's. */
  String text(int number) {
    String[] words = TEMPLATE.toArray(String[]::new);
    Dice dice = Dice.of(SEED, number, 2);
    for (int slot = 0; slot < SLOTS; slot++) {
      if (dice.share() >= usual) {
        words[FIRST_SLOT + slot * BETWEEN_SLOTS] = "v" + dice.below(values);
      }
    }
    return String.join(" ", words);
  }

  /** Of pairs drawn from the first so many texts. */
  Similarities similarities(int texts, double similarity) {
    Dice dice = Dice.of(SEED, 0, 3);
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

  /** As the table names it. */
  String name() {
    return String.format(Locale.ROOT, "%,d values, %.0f%% usual", values, 100 * usual);
  }
}
