package dev.attune.pipeline.nearness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JoinedIndexTest {
  private static final Similarity SIMILARITY = new Similarity(0.8);

  @Property(tries = 400)
  void findsAllThatAreNearOnEveryLevelAsBruteForceDoes(
      @ForAll Random random,
      @ForAll @IntRange(max = 30) int texts,
      @ForAll @IntRange(min = 1, max = 20) int twentieths,
      @ForAll boolean conversation) {
    Similarity similarity = new Similarity(twentieths / 20.0);
    JoinedIndex index = new JoinedIndex(similarity);
    List<ComparedShingles> all = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    LeftOut[] templates = {LeftOut.NONE, leftOut(random, 1), leftOut(random, 2)};
    for (int i = 0; i < texts; i++) {
      all.add(ComparedShingles.of(text(random, conversation)));
      leftOut.add(templates[conversation ? random.nextInt(3) : 0]);
      index.add(all.get(i), leftOut.get(i));
    }
    JoinedIndex copy = index.copy();
    for (int i = 0; i < 30; i++) {
      ComparedText asked = text(random, conversation);
      ComparedShingles shingles = ComparedShingles.of(asked);
      List<Integer> expected = new ArrayList<>();
      for (int j = 0; j < texts; j++) {
        if (near(shingles, all.get(j), leftOut.get(j), similarity)) {
          expected.add(j);
        }
      }
      assertThat(index.find(shingles)).containsExactlyElementsOf(expected);
      assertThat(copy.find(asked)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  void doesNotCountAShingleTwiceThatATextRepeats() {
    JoinedIndex index = new JoinedIndex(SIMILARITY);
    index.add(ComparedShingles.ofPrompt(Shingles.of("a b c d e f g")), LeftOut.NONE);
    // Five of its six different 3-grams are there; the sixth comes again and again.
    assertThat(index.find(new ComparedText("x x x x x x x", null))).isEmpty();
    assertThat(index.find(new ComparedText("a b c d e f g", null))).containsExactly(0);
    assertThat(index.find(new ComparedText("a b c d e f g b c d e f g", null))).isEmpty();
    assertThat(index.find(new ComparedText("", null))).isEmpty();
  }

  /** 100,000 texts of one template of 300 words against 500 of it. */
  @Test
  void isNotSlowWhereAllAreOfOneTemplate() {
    String instruction = instruction();
    Shingles template = Shingles.of(instruction);
    JoinedIndex index = new JoinedIndex(SIMILARITY);
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      index.add(question(instruction, random), LeftOut.NONE.and(template));
    }
    List<ComparedShingles> asked = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      asked.add(question(instruction, random));
    }
    long start = System.nanoTime();
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      for (int ignored : index.find(asked.get(i % asked.size()))) {
        found++;
      }
    }
    assertThat(found).isZero();
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
  }

  private static String instruction() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      words.append('i').append(i).append(' ');
    }
    return words.toString();
  }

  private static ComparedShingles question(String instruction, Random random) {
    StringBuilder words = new StringBuilder(instruction);
    for (int i = 0; i < 10; i++) {
      words.append('q').append(random.nextInt(100_000)).append(' ');
    }
    return ComparedShingles.of(
        new ComparedText(words.toString(), "answer " + random.nextInt(100_000)));
  }

  private static boolean near(
      ComparedShingles a, ComparedShingles b, LeftOut leftOut, Similarity similarity) {
    List<Shingles> soFar = new ArrayList<>(List.of(Shingles.NONE));
    soFar.addAll(leftOut.levels());
    Shingles gone = Shingles.NONE;
    for (Shingles level : soFar) {
      gone = gone.with(level);
      boolean near =
          a.prompt().without(gone).similarity(b.prompt().without(gone)) >= similarity.least();
      near |= a.whole().without(gone).similarity(b.whole().without(gone)) >= similarity.least();
      if (!near) {
        return false;
      }
    }
    return true;
  }

  private static LeftOut leftOut(Random random, int levels) {
    LeftOut leftOut = LeftOut.NONE;
    for (int i = 0; i < levels; i++) {
      Shingles some = Shingles.of(SimilarTexts.text(random));
      leftOut = leftOut.and(some.without(leftOut.all()));
    }
    return leftOut;
  }

  private static ComparedText text(Random random, boolean conversation) {
    return new ComparedText(
        SimilarTexts.text(random), conversation ? SimilarTexts.text(random) : null);
  }
}
