package dev.attune.bench.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A template fills buckets: 30,000 texts of one, each pair of them of similarity 0.73 to 0.97,
 * beside 30,000 others. Were each compared with each, it would take minutes. How much longer it
 * takes than distinct texts is measured where nothing else runs (docs/near-duplicates.md); here,
 * under the agent that counts coverage, only a factor that comparing all would never keep.
 */
class TemplateTest {
  private static final int HALF = 30_000;
  private static final int WORDS = 60;
  private static final int FACTOR = 10;

  @Test
  void isNotComparedTextByText() {
    List<String> distinct = distinct(2 * HALF, new Random(1));
    // With few values most texts are dropped. With many, most are kept and differ in their slots
    // only.
    for (int values : new int[] {100, HALF}) {
      List<String> mixed = new ArrayList<>(template(values, new Random(2)));
      mixed.addAll(distinct.subList(0, HALF));
      double ofDistinct = seconds(distinct);
      double ofMixed = seconds(mixed);
      assertThat(ofMixed).as("%d values a slot", values).isLessThan(FACTOR * ofDistinct);
    }
  }

  private static double seconds(List<String> texts) {
    long start = System.nanoTime();
    ComparedTexts compared = new ComparedTexts();
    texts.forEach(text -> compared.add(text, null));
    NearInMemory.Left left = compared.drop(2);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(left.resolved().identities()).hasSize(texts.size());
    return seconds;
  }

  private static List<String> distinct(int count, Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> words = new ArrayList<>();
      for (int j = 0; j < WORDS; j++) {
        words.add("w" + (int) Math.pow(5_000, random.nextDouble()));
      }
      texts.add(String.join(" ", words));
    }
    return texts;
  }

  /** Three slots, each with one of so many values: two texts differ in none to all of them. */
  private static List<String> template(int values, Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < HALF; i++) {
      List<String> words = new ArrayList<>();
      for (int j = 0; j < WORDS; j++) {
        words.add(j % 20 == 10 ? "v" + random.nextInt(values) : "t" + j);
      }
      texts.add(String.join(" ", words));
    }
    return texts;
  }
}
