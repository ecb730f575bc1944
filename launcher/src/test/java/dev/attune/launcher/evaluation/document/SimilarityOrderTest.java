package dev.attune.launcher.evaluation.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.evaluation.figures.CategoryFigures;
import dev.attune.launcher.evaluation.figures.JudgedAnswer;
import dev.attune.launcher.evaluation.figures.MeasuredAnswers;
import dev.attune.launcher.evaluation.figures.ModelFigures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SimilarityOrderTest {
  private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");

  @Test
  void putsSideBySideWhatIsTakenForEachOther() {
    List<JudgedAnswer> answers = new ArrayList<>();
    add(answers, 5, "a", "d");
    add(answers, 3, "d", "f");
    add(answers, 1, "d", "b");
    add(answers, 2, "c", "e");
    add(answers, 9, "b", "b");
    // b was taken for d only once, when d already stood between a and f.
    assertThat(order(IDS, answers)).containsExactly("a", "d", "f", "c", "e", "b");
  }

  @Test
  void countsBothDirectionsOfAMistake() {
    List<JudgedAnswer> answers = new ArrayList<>();
    add(answers, 2, "a", "b");
    add(answers, 2, "b", "a");
    add(answers, 3, "b", "c");
    add(answers, 3, "c", "a");
    // a and b: 4; b and c: 3; c and a: 3, which is the other end of the chain.
    assertThat(order(List.of("a", "b", "c"), answers)).containsExactly("c", "b", "a");
  }

  @Test
  void ordersWhatWasNeverConfusedBySupportAndThenById() {
    List<JudgedAnswer> answers = new ArrayList<>();
    add(answers, 1, "d", "d");
    add(answers, 1, "b", "b");
    add(answers, 4, "c", "c");
    assertThat(order(List.of("d", "c", "b"), answers)).containsExactly("c", "b", "d");
  }

  @Test
  void givesTheSameOrderWhateverTheOrderOfTheTaxonomy() {
    List<JudgedAnswer> answers = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      add(answers, 1, IDS.get(random.nextInt(6)), IDS.get(random.nextInt(6)));
    }
    List<String> shuffled = new ArrayList<>(IDS);
    Collections.shuffle(shuffled, random);
    assertThat(order(shuffled, answers)).isEqualTo(order(IDS, answers));
  }

  private static List<String> order(List<String> ids, List<JudgedAnswer> answers) {
    ModelFigures figures = MeasuredAnswers.of(ids, answers).figures();
    List<CategoryFigures> seen =
        figures.categories().stream().filter(CategoryFigures::isSeen).toList();
    return SimilarityOrder.of(seen, figures.confusion()).stream().map(CategoryFigures::id).toList();
  }

  private static void add(List<JudgedAnswer> answers, int times, String truth, String predicted) {
    for (int i = 0; i < times; i++) {
      answers.add(new JudgedAnswer(List.of(truth), List.of(predicted)));
    }
  }
}
