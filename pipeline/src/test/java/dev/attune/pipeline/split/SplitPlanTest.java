package dev.attune.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tests the rules of the split (docs/adr/0004-the-split-in-detail.md), one test for each rule. A
 * unit stands where its place says: 0.0 is the first of the order, 0.999 the last.
 */
class SplitPlanTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final List<Unit> units = new ArrayList<>();
  private final List<List<String>> categories = new ArrayList<>();

  @Test
  void sendsUnitsUnderTheFractionToValidation() {
    Unit below = unit(0.099, 1);
    Unit above = unit(0.101, 1);
    SplitPlan plan = plan(0.1);
    assertThat(split(below, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(above, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void sendsACategorysFirstUnitToValidationEvenAboveTheFraction() {
    Unit first = unit(0.6, 1, "moving");
    Unit middle = unit(0.7, 1, "moving");
    Unit last = unit(0.8, 1, "moving");
    SplitPlan plan = plan(0.1);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(middle, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(last, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void keepsACategorysLastUnitForTrainingEvenUnderTheFraction() {
    Unit first = unit(0.01, 1, "moving");
    Unit last = unit(0.02, 1, "moving");
    SplitPlan plan = plan(0.1);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(last, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void leavesACategoryOfOneUnitToTheFraction() {
    Unit below = unit(0.01, 1, "moving");
    Unit above = unit(0.5, 1, "speaking");
    SplitPlan plan = plan(0.1);
    assertThat(split(below, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(above, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void keepsForTrainingWhatIsFirstOfOneCategoryAndLastOfAnother() {
    Unit moving = unit(0.3, 1, "moving");
    Unit both = unit(0.4, 1, "moving", "speaking");
    Unit speaking = unit(0.5, 1, "speaking");
    SplitPlan plan = plan(0.1);
    assertThat(split(moving, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(both, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(speaking, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void capsValidationAtFiveThousand() {
    Unit first = unit(0.01, 4_999);
    Unit second = unit(0.02, 2);
    Unit third = unit(0.03, 1);
    unit(0.9, 50_000);
    SplitPlan plan = plan(0.1);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    // A unit that would pass the cap is skipped, and those behind it are still tried.
    assertThat(split(second, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(third, plan)).isEqualTo(Split.VALIDATION);
  }

  @Test
  void capsValidationAtThirtyPercentOfTraining() {
    // 1,300 of 5,633 would be 30.0% of the 4,333 others; 1,301 would be more.
    Unit first = unit(0.01, 1_299);
    Unit second = unit(0.02, 1);
    Unit third = unit(0.03, 1);
    unit(0.9, 4_333);
    SplitPlan plan = plan(0.1);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(second, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(third, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void doesNotCapUpToAThousandAtThirtyPercent() {
    Unit first = unit(0.01, 999);
    Unit second = unit(0.02, 1);
    Unit third = unit(0.03, 1);
    unit(0.9, 10);
    SplitPlan plan = plan(0.1);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(second, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(third, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void letsCapsWinOverACategorysFirstUnit() {
    Unit first = unit(0.01, 1_500, "moving");
    Unit second = unit(0.5, 1, "moving");
    unit(0.9, 10, "moving");
    SplitPlan plan = plan(0.1);
    // Not the second instead: a category has one first unit.
    assertThat(split(first, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(second, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void fillsTheCapWithFirstUnitsBeforeUnitsUnderTheFraction() {
    Unit underTheFraction = unit(0.01, 600);
    Unit first = unit(0.6, 600, "moving");
    unit(0.9, 10, "moving");
    SplitPlan plan = plan(0.1);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(underTheFraction, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void findsUnitsToTakeBehindThoseKeptForTraining() {
    // Two of this size can be taken, and three that come before them are kept.
    for (String category : List.of("listening", "moving", "speaking")) {
      unit(0.01 + units.size() / 1_000.0, 1, category);
      unit(0.02 + units.size() / 1_000.0, 2_000, category);
    }
    Unit taken = unit(0.03, 2_000);
    Unit takenToo = unit(0.04, 2_000);
    Unit over = unit(0.05, 2_000);
    unit(0.9, 50_000);
    SplitPlan plan = plan(0.1);
    assertThat(split(taken, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(takenToo, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(over, plan)).isEqualTo(Split.TRAINING);
  }

  @Test
  void holdsNothingBackForAShareOfZero() {
    Unit first = unit(0.0, 1, "moving");
    unit(0.5, 1, "moving");
    assertThat(split(first, plan(0))).isEqualTo(Split.TRAINING);
  }

  @Test
  void cutsTrainingFromTheEndOfTheOrderByExamples() {
    Unit validation = unit(0.01, 5);
    Unit fits = unit(0.3, 6);
    Unit fitsToo = unit(0.4, 4);
    Unit over = unit(0.5, 3);
    Unit behind = unit(0.6, 1);
    SplitPlan plan = plan(0.1, 11, NO_LIMIT);
    assertThat(split(validation, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(fits, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(fitsToo, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(over, plan)).isNull();
    // It would fit, but the cut is one place in the order.
    assertThat(split(behind, plan)).isNull();
  }

  @Test
  void cutsTrainingFromTheEndOfTheOrderByBytes() {
    // 100 bytes an example, see unit().
    Unit validation = unit(0.01, 5);
    Unit fits = unit(0.3, 6);
    Unit over = unit(0.30001, 1);
    SplitPlan plan = plan(0.1, NO_LIMIT, 699);
    assertThat(split(validation, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(fits, plan)).isEqualTo(Split.TRAINING);
    assertThat(split(over, plan)).isNull();
    assertThat(split(over, plan(0.1, NO_LIMIT, 700))).isEqualTo(Split.TRAINING);
  }

  @Test
  void thenCutsValidationUntilItsCapsHoldAgain() {
    Unit first = unit(0.01, 1_000);
    Unit second = unit(0.02, 200);
    Unit third = unit(0.03, 100);
    unit(0.3, 4_000);
    Unit over = unit(0.9, 1_000);
    SplitPlan uncut = plan(0.1);
    assertThat(split(third, uncut)).isEqualTo(Split.VALIDATION);

    // 30% of 4,000 is 1,200.
    SplitPlan plan = plan(0.1, 4_000, NO_LIMIT);
    assertThat(split(over, plan)).isNull();
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(second, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(third, plan)).isNull();
  }

  @Test
  void keepsAThousandInValidationHoweverSmallTrainingBecomes() {
    Unit first = unit(0.01, 1_000);
    Unit second = unit(0.02, 300);
    unit(0.3, 10);
    unit(0.9, 6_000);
    SplitPlan plan = plan(0.1, 10, NO_LIMIT);
    assertThat(split(first, plan)).isEqualTo(Split.VALIDATION);
    assertThat(split(second, plan)).isNull();
  }

  @Test
  void cutsAllOfTrainingWhereNotOneUnitFits() {
    Unit only = unit(0.5, 2);
    assertThat(split(only, plan(0.1, 1, NO_LIMIT))).isNull();
  }

  @Test
  void movesNoOtherUnitWhenOneIsAdded() {
    for (int i = 0; i < 100; i++) {
      unit((i + 0.5) / 100, 1);
    }
    List<Unit> before = List.copyOf(units);
    List<@Nullable Split> splits = new ArrayList<>();
    SplitPlan plan = plan(0.1);
    before.forEach(unit -> splits.add(split(unit, plan)));
    unit(0.033, 1);
    SplitPlan larger = plan(0.1);
    for (int i = 0; i < before.size(); i++) {
      assertThat(split(before.get(i), larger)).isEqualTo(splits.get(i));
    }
  }

  private Unit unit(double place, int examples, String... in) {
    Unit unit =
        new Unit((long) (place * 0x1p63) << 1, examples, examples * 100L, CarriedIn.NEITHER);
    units.add(unit);
    categories.add(List.of(in));
    return unit;
  }

  private SplitPlan plan(double share) {
    return plan(share, NO_LIMIT, NO_LIMIT);
  }

  private SplitPlan plan(double share, long examples, long bytes) {
    UnitSummary summary = new UnitSummary(share);
    for (int i = 0; i < units.size(); i++) {
      summary.add(units.get(i), categories.get(i));
    }
    summary.trim();
    SplitPlan plan = SplitPlan.choose(summary, share, examples, bytes);
    return plan.cut(units.stream().filter(plan::needsForCut).toList());
  }

  private static @Nullable Split split(Unit unit, SplitPlan plan) {
    return plan.split(unit.orderHash());
  }
}
