package dev.attune.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.nearness.ComparedShingles;
import dev.attune.pipeline.nearness.ComparedText;
import dev.attune.pipeline.nearness.LeftOut;
import dev.attune.pipeline.nearness.Shingles;
import dev.attune.pipeline.nearness.SimilarTexts;
import dev.attune.pipeline.nearness.Similarity;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JoinedTextsTest {
  private static final Similarity SIMILARITY = new Similarity(0.8);
  private static final String INSTRUCTION =
      "here are forty words of an instruction that stands before every question and says in much"
          + " detail how it has to be answered and what must not be said about it at all in any"
          + " case or in any language";

  private final List<ComparedShingles> texts = new ArrayList<>();

  @Test
  void holdsTogetherWhatIsNearThroughATextThatGaveWay() {
    for (String text : List.of("a b c d e f", "a b c d e f g", "a b c d e f g h")) {
      texts.add(ComparedShingles.ofPrompt(Shingles.of(text)));
    }
    NearChoice choice = choose();
    assertThat(choice.stays(1)).isFalse();
    assertThat(joined(choice).first(2)).isZero();
  }

  @Test
  void joinsWhereThePromptsOrTheWholeTextsAreNear() {
    add("a b c d e f", "in march");
    add("a b c d e f g", "not at all");
    add("who?", INSTRUCTION);
    add("what?", INSTRUCTION);
    add("what?", "nobody knows that");
    JoinedTexts joined = joined(choose());
    assertThat(joined.together(0, 1)).isTrue();
    assertThat(joined.together(2, 3)).isTrue();
    // The same prompt.
    assertThat(joined.together(3, 4)).isTrue();
    assertThat(joined.together(0, 2)).isFalse();
    assertThat(joined.templates()).isEmpty();
  }

  @Test
  void joinsTwentyTextsOfATemplateAndNotTwentyOne() {
    for (int i = 0; i < 20; i++) {
      add(INSTRUCTION + " where is number " + i, "there " + i);
    }
    assertThat(joined(choose()).first(19)).isZero();
    assertThat(joined(choose()).leftOut(19)).isEqualTo(LeftOut.NONE);
    add(INSTRUCTION + " who is it then", "nobody");
    // Near the last one but for the template.
    add(INSTRUCTION + " who is it then really", "somebody");
    JoinedTexts joined = joined(choose());
    assertThat(joined.templates()).hasSize(1);
    assertThat(joined.templates().get(0).size()).isEqualTo(22);
    // What of it all share is left out, "where is number" too; then what follows is compared.
    assertThat(joined.together(0, 1)).isFalse();
    assertThat(joined.together(0, 20)).isFalse();
    assertThat(joined.leftOut(3).levels()).hasSize(1);
  }

  @Test
  void leavesOutASetAnswerToDifferentQuestions() {
    Random random = new Random(1);
    for (int i = 0; i < 30; i++) {
      add("question " + random.nextInt(1_000_000) + " of mine", INSTRUCTION);
    }
    JoinedTexts joined = joined(choose());
    assertThat(joined.templates()).hasSize(1);
    for (int i = 1; i < 30; i++) {
      assertThat(joined.first(i)).isEqualTo(i);
    }
  }

  @Test
  void joinsHoweverManyPromptsOfAClassificationDataset() {
    for (int i = 0; i < 100; i++) {
      texts.add(ComparedShingles.ofPrompt(Shingles.of(INSTRUCTION + " where is number " + i)));
    }
    int[] answers = new int[100];
    Arrays.setAll(answers, i -> i);
    NearChoice choice = NearChoice.of(texts, answers, 0, SIMILARITY);
    JoinedTexts joined = joined(choice);
    assertThat(joined.first(99)).isZero();
    assertThat(joined.templates()).isEmpty();
  }

  /** The same as by its definition, but for pairs that no band finds. */
  @Property(tries = 200)
  void comesToWhatItsDefinitionSays(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 150) int count,
      @ForAll @IntRange(min = 14, max = 20) int twentieths,
      @ForAll boolean conversation) {
    Similarity similarity = new Similarity(twentieths / 20.0);
    texts.clear();
    for (int i = 0; i < count; i++) {
      String prompt =
          random.nextInt(3) == 0
              ? INSTRUCTION + " " + SimilarTexts.text(random)
              : SimilarTexts.text(random);
      String answer = random.nextInt(3) == 0 ? INSTRUCTION : SimilarTexts.text(random);
      if (conversation) {
        add(prompt, answer);
      } else {
        texts.add(ComparedShingles.ofPrompt(Shingles.of(prompt)));
      }
    }
    NearChoice choice = NearChoice.of(texts, new int[count], random.nextInt(3), similarity);
    IntArrayList taking = new IntArrayList();
    for (int i = 0; i < count; i++) {
      if (random.nextInt(10) > 0) {
        taking.add(i);
      }
    }
    JoinedTexts joined = JoinedTexts.of(texts, taking, choice, similarity);
    Naive naive = new Naive(choice, similarity, count);
    naive.find(new ArrayList<>(taking), taking.intStream().mapToObj(texts::get).toList(), 0);

    int apart = 0;
    for (int a = 0; a < count; a++) {
      for (int b = 0; b < a; b++) {
        boolean together = naive.part[a] != 0 && naive.part[a] == naive.part[b];
        if (joined.together(a, b)) {
          assertThat(together).as("%d and %d of %d", a, b, count).isTrue();
        }
        apart += together && !joined.together(a, b) ? 1 : 0;
      }
      assertThat(choice.stays(a) && !choice.stays(joined.first(a))).isFalse();
    }
    assertThat(apart).isLessThanOrEqualTo(count * count / 50);
    if (count <= CrowdedSets.FEW) {
      assertThat(apart).isZero();
    }
  }

  /** Applies the rules of docs/near-duplicates.md to every pair. */
  private static final class Naive {
    private final NearChoice choice;
    private final Similarity similarity;
    private final int[] part;
    private int parts;

    Naive(NearChoice choice, Similarity similarity, int count) {
      this.choice = choice;
      this.similarity = similarity;
      this.part = new int[count];
    }

    void find(List<Integer> members, List<ComparedShingles> texts, int level) {
      Forest forest = new Forest(members.size());
      for (int i = 0; i < members.size(); i++) {
        for (int j = 0; j < i; j++) {
          if (texts.get(i).isNearInPromptOrWhole(texts.get(j), similarity)) {
            forest.join(i, j);
          }
        }
      }
      for (int root = 0; root < members.size(); root++) {
        List<Integer> inPart = new ArrayList<>();
        List<ComparedShingles> ofPart = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
          if (forest.root(i) == root) {
            inPart.add(members.get(i));
            ofPart.add(texts.get(i));
          }
        }
        Shingles template = template(inPart, ofPart);
        if (template.size() == 0 || level == 8) {
          parts++;
          inPart.forEach(member -> part[member] = parts);
        } else {
          find(inPart, ofPart.stream().map(text -> text.without(template)).toList(), level + 1);
        }
      }
    }

    private Shingles template(List<Integer> members, List<ComparedShingles> texts) {
      Map<Long, Integer> counts = new HashMap<>();
      int staying = 0;
      for (int i = 0; i < members.size(); i++) {
        if (choice.stays(members.get(i))) {
          staying++;
          ComparedShingles text = texts.get(i);
          for (long shingle : text.prompt().with(text.whole()).hashes()) {
            counts.merge(shingle, 1, Integer::sum);
          }
        }
      }
      int half = staying / 2;
      boolean many = staying > 20 && !texts.isEmpty() && texts.get(0).hasAnswer();
      return Shingles.ofSorted(
          counts.entrySet().stream()
              .filter(entry -> many && entry.getValue() > half)
              .mapToLong(Map.Entry::getKey)
              .sorted()
              .toArray());
    }
  }

  private void add(String prompt, String answer) {
    texts.add(ComparedShingles.of(new ComparedText(prompt, answer)));
  }

  private NearChoice choose() {
    return NearChoice.of(texts, new int[texts.size()], 0, SIMILARITY);
  }

  private JoinedTexts joined(NearChoice choice) {
    IntArrayList all = new IntArrayList();
    for (int i = 0; i < texts.size(); i++) {
      all.add(i);
    }
    return JoinedTexts.of(texts, all, choice, SIMILARITY);
  }
}
