package dev.attune.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTextsTest {
  private static final int TEXTS = 200;
  private static final double SIMILARITY = 0.8;

  @ParameterizedTest
  @CsvSource({"10, 0", "10, 0.5", "100, 0.5", "1000, 0.5"})
  void areOnBothSidesOfTheThreshold(int values, double usual) {
    TemplateTexts template = new TemplateTexts(values, usual);
    List<Set<String>> texts =
        IntStream.range(0, TEXTS).mapToObj(template::text).map(TemplateTextsTest::grams).toList();
    int near = 0;
    int apart = 0;
    for (int i = 0; i < TEXTS; i++) {
      for (int j = 0; j < i; j++) {
        double similarity = similarity(texts.get(i), texts.get(j));
        assertThat(similarity).isGreaterThan(0.70);
        assertThat(similarity < 0.95 || similarity == 1).isTrue();
        near += similarity >= SIMILARITY && similarity < 1 ? 1 : 0;
        apart += similarity < SIMILARITY ? 1 : 0;
      }
    }
    assertThat(List.of(near, apart)).allMatch(pairs -> pairs > TEXTS);
    TemplateTexts.Similarities sampled = template.similarities(TEXTS, SIMILARITY);
    assertThat(sampled.least()).isBetween(0.70, SIMILARITY);
    assertThat(sampled.most()).isBetween(SIMILARITY, 0.95);
  }

  @ParameterizedTest
  @CsvSource({"100, 0", "1000, 0"})
  void areNeverFarFromEachOther(int values, double usual) {
    TemplateTexts.Similarities sampled =
        new TemplateTexts(values, usual).similarities(TEXTS, SIMILARITY);

    assertThat(sampled.least()).isGreaterThan(0.70);
    assertThat(sampled.most()).isLessThan(0.95);
    assertThat(similarity(grams(TemplateTexts.distinct(1)), grams(TemplateTexts.distinct(2))))
        .isLessThan(0.1);
  }

  private static double similarity(Set<String> one, Set<String> other) {
    long shared = one.stream().filter(other::contains).count();
    return (double) shared / (one.size() + other.size() - shared);
  }

  /** Returns the set of word 3-grams, as near duplicates are defined (docs/near-duplicates.md). */
  private static Set<String> grams(String text) {
    String[] words = text.split(" ", -1);
    Set<String> grams = new HashSet<>();
    for (int i = 0; i + 2 < words.length; i++) {
      grams.add(words[i] + " " + words[i + 1] + " " + words[i + 2]);
    }
    return grams;
  }
}
