package dev.attune.pipeline.split;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.attune.pipeline.example.Commonness;
import dev.attune.pipeline.example.Drop;
import dev.attune.pipeline.example.Identity;
import dev.attune.pipeline.example.RejectionReason;
import dev.attune.pipeline.example.Split;
import dev.attune.pipeline.example.TestRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitAssemblyTest {
  private static final long ROOT = 7;

  private final UnitSummary summary = new UnitSummary(0.5);
  private final List<Unit> units = new ArrayList<>();
  private final List<Placement> placements = new ArrayList<>();

  @Test
  void putsRecordsOfOneRootInOneUnit() {
    assemble(
        "1",
        named("feedback:2").bytes(10).in("moving").identity().inUnit(ROOT),
        named("feedback:1").bytes(20).in("speaking").identity().inUnit(ROOT),
        named("feedback:3").bytes(40).identity().inUnit(8));

    assertThat(units).extracting(Unit::examples).containsExactlyInAnyOrder(2, 1);
    assertThat(units).extracting(Unit::bytes).containsExactlyInAnyOrder(30L, 40L);
    assertThat(summary.examples()).isEqualTo(3);
    assertThat(summary.bytes()).isEqualTo(70);
    assertThat(summary.categories()).containsOnlyKeys("moving", "speaking");
  }

  @Test
  void namesAUnitByTheSmallestFullIdOfItsSurvivors() {
    Identity survivor = named("feedback:2").identity().inUnit(ROOT);
    Identity dropped =
        named("feedback:1").identity().dropped(RejectionReason.EXACT_DUPLICATE, survivor);
    assemble("1", survivor, dropped, named("generated:1").identity().inUnit(ROOT));

    assertThat(placements).hasSize(3).allMatch(p -> p.cluster().equals("feedback:2"));
    assertThat(units).hasSize(1).allMatch(unit -> unit.examples() == 2);
    assertThat(placements)
        .extracting(Placement::drop)
        .containsExactlyInAnyOrder(
            null, null, new Drop(RejectionReason.EXACT_DUPLICATE, "feedback:2", false));
  }

  @Test
  void aUnitWithACommonPromptBelongsToTraining() {
    assemble(
        "1",
        named("feedback:1").in("speaking").identity().common(Commonness.PROMPT).inUnit(ROOT),
        named("feedback:2").identity().inUnit(ROOT));

    assertThat(units).extracting(Unit::carriedIn).containsExactly(CarriedIn.TRAINING);
    assertThat(summary.isTrained("speaking")).isTrue();
    assertThat(summary.candidates()).isEmpty();
    assertThat(placements).noneMatch(Placement::conflict);
  }

  @Test
  void aCommonPromptThatValidationAskedBeforeHasNoPlace() {
    assemble("1", named("feedback:1").identity().common(Commonness.VALIDATION_PROMPT).inUnit(ROOT));

    assertThat(units).isEmpty();
    assertThat(placements).hasSize(1).allMatch(Placement::conflict);
  }

  @Test
  void aDroppedRecordWithACommonPromptBindsNothing() {
    Identity survivor = named("feedback:2").identity().inUnit(ROOT);
    assemble(
        "1",
        survivor,
        named("feedback:1")
            .identity()
            .common(Commonness.PROMPT)
            .dropped(RejectionReason.NEAR_DUPLICATE, survivor));

    assertThat(units).extracting(Unit::carriedIn).containsExactly(CarriedIn.NEITHER);
  }

  @Test
  void ordersAUnitByTheSeedAndTheSmallestGroupInIt() {
    long alone = order("1", named("feedback:1").group("b"));

    assertThat(order("1", named("feedback:9").group("c"), named("feedback:2").group("b")))
        .isEqualTo(alone);
    assertThat(order("1", named("feedback:1").group("a"), named("feedback:2").group("b")))
        .isNotEqualTo(alone);
    assertThat(order("2", named("feedback:1").group("b"))).isNotEqualTo(alone);
  }

  @Test
  void takesTheIdForTheGroupWhereThereIsNone() {
    assertThat(order("1", named("feedback:1").asks("one")))
        .isEqualTo(order("1", named("feedback:1").asks("another")))
        .isNotEqualTo(order("1", named("feedback:2")));
  }

  @Test
  void comparesGroupsAsUtf8Bytes() {
    assertThat(
            order(
                "1",
                named("feedback:1").group("\uD83D\uDE00"),
                named("feedback:2").group("\uFFFD")))
        .isEqualTo(order("1", named("feedback:3").group("\uFFFD")));
  }

  @Test
  void doesNotMistakeAGroupForAnId() {
    assertThat(order("1", named("generated:5").group("feedback:1")))
        .isNotEqualTo(order("1", named("feedback:1")));
  }

  @Test
  void countsOnlyWhatIsNew() {
    assemble(
        "1",
        named("feedback:1").bytes(10).in("moving").carried(Split.TRAINING).inUnit(ROOT),
        named("feedback:2").bytes(20).in("speaking").identity().inUnit(ROOT),
        named("feedback:3").bytes(40).carried(Split.VALIDATION).inUnit(8));

    assertThat(units).hasSize(1);
    assertThat(units.get(0).examples()).isEqualTo(1);
    assertThat(units.get(0).carriedIn()).isEqualTo(CarriedIn.TRAINING);
    assertThat(summary.examples()).isEqualTo(3);
    assertThat(summary.bytes()).isEqualTo(20);
    assertThat(summary.carriedTrainingBytes()).isEqualTo(10);
    assertThat(summary.carriedValidation()).isEqualTo(1);
    assertThat(summary.isTrained("moving")).isTrue();
    assertThat(summary.isTrained("speaking")).isFalse();
  }

  @Test
  void findsNoPlaceForWhatIsNewBetweenBothSplits() {
    Identity held = named("feedback:4").carried(Split.VALIDATION);
    assemble(
        "1",
        named("feedback:1").identity().inUnit(ROOT),
        named("feedback:2").carried(Split.TRAINING).inUnit(ROOT),
        named("feedback:3").carried(Split.VALIDATION).inUnit(ROOT),
        held.inUnit(ROOT),
        named("feedback:5").identity().dropped(RejectionReason.EXACT_DUPLICATE, held).inUnit(ROOT));

    assertThat(units).isEmpty();
    assertThat(placements)
        .extracting(Placement::id, Placement::conflict, Placement::cluster)
        .containsExactlyInAnyOrder(
            tuple("feedback:1", true, "feedback:1"),
            tuple("feedback:2", false, "feedback:2"),
            tuple("feedback:3", false, "feedback:3"),
            tuple("feedback:4", false, "feedback:3"),
            tuple("feedback:5", true, "feedback:1"));
    SplitPlan plan = SplitPlan.choose(summary.trim(), 0.5, 9, 9);
    assertThat(placements)
        .extracting(placement -> placement.decide(plan).reason())
        .containsExactlyInAnyOrder(
            RejectionReason.SPLIT_CONFLICT, null, null, null, RejectionReason.EXACT_DUPLICATE);
  }

  @Test
  void refusesAUnitWithoutSurvivor() {
    Identity survivor = named("feedback:2").identity().inUnit(ROOT);
    Identity dropped =
        named("feedback:1").identity().dropped(RejectionReason.EXACT_DUPLICATE, survivor);
    assertThatThrownBy(() -> assemble("1", dropped))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a unit of 1 records has no survivor");
  }

  private long order(String seed, TestRecord... members) {
    units.clear();
    Identity[] identities = new Identity[members.length];
    for (int i = 0; i < members.length; i++) {
      identities[i] = members[i].identity().inUnit(ROOT);
    }
    assemble(seed, identities);
    return units.get(0).orderHash();
  }

  private void assemble(String seed, Identity... identities) {
    UnitAssembly assembly = new UnitAssembly(seed);
    List.of(identities).forEach(assembly::add);
    assembly.assemble(summary, units::add, placements::add);
  }
}
