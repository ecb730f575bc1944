package dev.attune.launcher.promotion.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.promotion.gate.RecallDrops.Category;
import dev.attune.launcher.promotion.gate.RecallDrops.Fall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecallDropsTest {
  private static Category category(String id, int support, int better, int worse) {
    return new Category(id, support, Math.max(1, better), new PairCounts(better, worse));
  }

  private static Category unrecognised(String id, int support, int worse) {
    return new Category(id, support, 0, new PairCounts(0, worse));
  }

  private static List<List<String>> found(List<Category> categories, double allowed) {
    return RecallDrops.find(categories, allowed).stream().map(Fall::categories).toList();
  }

  @Test
  void countsOnlyTestsThatCanBeRejectedAtAll() {
    // 2^-6 is 0.0156: at a level of 0.02 both of six reach it, at 0.01 only the one of seven does.
    assertThat(TaroneCorrection.comparisons(new int[] {}, 0.02)).isEqualTo(1);
    assertThat(TaroneCorrection.comparisons(new int[] {0, 1, 5, 5, 5}, 0.02)).isEqualTo(1);
    assertThat(TaroneCorrection.comparisons(new int[] {6, 5, 5}, 0.02)).isEqualTo(1);
    assertThat(TaroneCorrection.comparisons(new int[] {6, 6, 5}, 0.02)).isEqualTo(2);
    assertThat(TaroneCorrection.comparisons(new int[] {7, 7, 7}, 0.02)).isEqualTo(3);
    assertThat(TaroneCorrection.comparisons(new int[] {20, 20, 20, 20}, 0.02)).isEqualTo(4);
  }

  @Test
  void findsAFallThatChanceDoesNotExplain() {
    List<Category> one = List.of(category("a", 50, 0, 6), category("b", 50, 3, 0));
    assertThat(found(one, 0.05)).containsExactly(List.of("a"));
    assertThat(found(List.of(category("a", 50, 0, 5), category("b", 50, 3, 0)), 0.05)).isEmpty();
    // One of two that could be found: each is tested at 0.01, and 2^-6 is more.
    assertThat(found(List.of(category("a", 50, 0, 6), category("b", 50, 3, 3)), 0.05)).isEmpty();
    assertThat(RecallDrops.find(List.of(category("a", 50, 0, 7), category("b", 50, 3, 3)), 0.05))
        .singleElement()
        .satisfies(
            fall -> {
              assertThat(fall.level()).isEqualTo(0.01);
              assertThat(fall.drop()).isEqualTo(0.14);
              assertThat(fall.isPool()).isFalse();
            });
  }

  @Test
  void allowsWhatIsAllowedHoweverSureItIs() {
    List<Category> sure = List.of(category("a", 200, 0, 10));
    assertThat(found(sure, 0.05)).isEmpty();
    assertThat(found(sure, 0.04)).hasSize(1);
  }

  @Test
  void takesCategoriesWithFewExamplesTogether() {
    List<Category> categories = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      categories.add(category("c" + i, 9, 0, 1));
    }
    categories.add(category("d", 10, 0, 1));
    assertThat(RecallDrops.find(categories, 0.05))
        .singleElement()
        .satisfies(
            fall -> {
              assertThat(fall.isPool()).isTrue();
              assertThat(fall.categories()).hasSize(8).doesNotContain("d");
              assertThat(fall.support()).isEqualTo(72);
              assertThat(fall.pairs()).isEqualTo(new PairCounts(0, 8));
            });
  }

  @Test
  void findsACategoryThatIsNoLongerRecognisedAtAllHoweverSmall() {
    List<Category> categories =
        List.of(
            category("large", 50, 5, 5),
            category("small", 9, 4, 0),
            unrecognised("lost", 4, 3),
            unrecognised("hard", 9, 2));
    assertThat(RecallDrops.find(categories, 0.05))
        .singleElement()
        .satisfies(
            fall -> {
              assertThat(fall.categories()).containsExactly("lost");
              assertThat(fall.isLost()).isTrue();
              assertThat(fall.isPool()).isFalse();
              assertThat(fall.drop()).isEqualTo(0.75);
            });
    assertThat(found(List.of(category("known", 4, 0, 3)), 0.05)).isEmpty();
    assertThat(found(categories, 0.75)).isEmpty();
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(RecallDrops.find(List.of(), 0)).isEmpty();
    assertThat(found(List.of(category("a", 3, 0, 0)), 0)).isEmpty();
  }
}
