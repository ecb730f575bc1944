package dev.attune.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Key128;
import dev.attune.pipeline.example.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a previous dataset changes in the plan, one test a rule; places as in SplitPlanTest. */
class CarriedPlanTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final List<Unit> units = new ArrayList<>();
  private final UnitSummary summary = new UnitSummary(0.1);

  @Test
  void sendsWhatIsNewWhereTheUnitWas() {
    carry(Split.TRAINING, 5);
    carry(Split.VALIDATION, 5);
    Unit trained = unit(0.01, 1, CarriedIn.TRAINING);
    Unit held = unit(0.9, 1, CarriedIn.VALIDATION);
    SplitPlan plan = plan(NO_LIMIT);
    assertThat(plan.split(trained.orderHash())).isEqualTo(Split.TRAINING);
    assertThat(plan.split(held.orderHash())).isEqualTo(Split.VALIDATION);
  }

  @Test
  void countsWhatIsCarriedOverAgainstTheCaps() {
    carry(Split.TRAINING, 50_000);
    carry(Split.VALIDATION, 4_990);
    Unit beside = unit(0.9, 8, CarriedIn.VALIDATION);
    Unit noRoom = unit(0.95, 4, CarriedIn.VALIDATION);
    Unit small = unit(0.01, 2, CarriedIn.NEITHER);
    Unit large = unit(0.02, 3, CarriedIn.NEITHER);
    SplitPlan plan = plan(NO_LIMIT);
    assertThat(plan.split(beside.orderHash())).isEqualTo(Split.VALIDATION);
    assertThat(plan.split(small.orderHash())).isEqualTo(Split.VALIDATION);
    // It must not go to training, so it goes nowhere.
    assertThat(plan.split(noRoom.orderHash())).isNull();
    assertThat(plan.split(large.orderHash())).isEqualTo(Split.TRAINING);
  }

  @Test
  void neverCutsWhatIsCarriedOver() {
    carry(Split.TRAINING, 10);
    carry(Split.VALIDATION, 2_000);
    Unit beside = unit(0.3, 1, CarriedIn.VALIDATION);
    Unit first = unit(0.4, 1, CarriedIn.TRAINING);
    Unit second = unit(0.5, 1, CarriedIn.NEITHER);
    SplitPlan plan = plan(11);
    assertThat(plan.split(first.orderHash())).isEqualTo(Split.TRAINING);
    assertThat(plan.split(second.orderHash())).isNull();
    assertThat(plan.split(beside.orderHash())).isNull();
    SplitPlan full = plan(3);
    assertThat(full.split(first.orderHash())).isNull();
    assertThat(full.split(second.orderHash())).isNull();
  }

  @Test
  void sendsTheFirstUnitOfACategoryToValidationOnlyWhereNoneIsThere() {
    summary.addCarried(Split.VALIDATION, 1, List.of("held"));
    summary.addCarried(Split.TRAINING, 1, List.of("trained"));
    Unit held = unit(0.5, 1, CarriedIn.NEITHER, "held");
    Unit heldToo = unit(0.6, 1, CarriedIn.NEITHER, "held");
    // Training has the category, so its only new unit need not stay there.
    Unit trained = unit(0.7, 1, CarriedIn.NEITHER, "trained");
    Unit fresh = unit(0.8, 1, CarriedIn.NEITHER, "fresh");
    Unit freshToo = unit(0.9, 1, CarriedIn.NEITHER, "fresh");
    SplitPlan plan = plan(NO_LIMIT);
    assertThat(plan.split(held.orderHash())).isEqualTo(Split.TRAINING);
    assertThat(plan.split(heldToo.orderHash())).isEqualTo(Split.TRAINING);
    assertThat(plan.split(trained.orderHash())).isEqualTo(Split.VALIDATION);
    assertThat(plan.split(fresh.orderHash())).isEqualTo(Split.VALIDATION);
    assertThat(plan.split(freshToo.orderHash())).isEqualTo(Split.TRAINING);
  }

  @Test
  void letsWhatIsNewGiveWayToWhatIsCarriedOverInTraining() {
    ValidationExample fresh = new ValidationExample(new Key128(0, 1), "feedback:1", 1, false);
    ValidationExample other = new ValidationExample(new Key128(0, 2), "feedback:2", 2, false);
    Key128 trained = new Key128(0, 3);
    Key128 between = new Key128(0, 4);
    SplitPlan plan =
        plan(NO_LIMIT)
            .without(
                List.of(
                    new NearValidation(trained, fresh, "generated:7"),
                    new NearValidation(trained, fresh, "generated:6"),
                    new NearValidation(between, fresh, null),
                    new NearValidation(between, other, null),
                    NearValidation.NONE));
    assertThat(plan.nearTrained().get(fresh.content())).isEqualTo("generated:6");
    assertThat(plan.nearTrained().get(other.content())).isNull();
    // The first in the order of ids is no longer in validation, so the next one stands for it.
    assertThat(plan.nearValidation().get(between)).isEqualTo(other);
    assertThat(plan.nearValidation().get(trained)).isNull();
  }

  private void carry(Split split, int examples) {
    for (int i = 0; i < examples; i++) {
      summary.addCarried(split, 100, List.of());
    }
  }

  private Unit unit(double place, int examples, CarriedIn in, String... categories) {
    Unit unit = new Unit((long) (place * 0x1p63) << 1, examples, examples * 100L, in);
    units.add(unit);
    summary.add(unit, List.of(categories));
    return unit;
  }

  private SplitPlan plan(long trainingExamples) {
    SplitPlan plan = SplitPlan.choose(summary.trim(), 0.1, trainingExamples, NO_LIMIT);
    return plan.cut(units.stream().filter(plan::needsForCut).toList());
  }

  @Test
  void knowsWhereAUnitIs() {
    assertThat(in(Split.TRAINING, null, Split.TRAINING)).isEqualTo(CarriedIn.TRAINING);
    assertThat(in(null, Split.VALIDATION)).isEqualTo(CarriedIn.VALIDATION);
    assertThat(in(Split.VALIDATION, Split.TRAINING, null)).isEqualTo(CarriedIn.BOTH);
    assertThat(in()).isEqualTo(CarriedIn.NEITHER);
  }

  private static CarriedIn in(@Nullable Split... members) {
    CarriedIn in = CarriedIn.NEITHER;
    for (Split member : members) {
      in = in.and(member);
    }
    return in;
  }
}
