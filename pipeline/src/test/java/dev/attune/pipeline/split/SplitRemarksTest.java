package dev.attune.pipeline.split;

import static dev.attune.pipeline.example.TestRecord.named;
import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.example.Join;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class SplitRemarksTest {
  @Test
  void refusesWhereOneUnitLeavesNothingToValidateOn() {
    SplitRemarks remarks = remarks(0.2, 6, 1);
    assertThat(remarks.undivided())
        .singleElement()
        .asString()
        .startsWith("6 of 7 examples are one unit, which the split cannot divide, and no")
        .contains("joined by equal prompts")
        .contains("split.validation to 0");
    assertThat(remarks.notes()).isEmpty();
  }

  @Test
  void saysOnlyThatOneUnitIsMostWhereNoValidationWasAskedFor() {
    SplitRemarks remarks = remarks(0, 6, 1);
    assertThat(remarks.undivided()).isEmpty();
    assertThat(remarks.notes()).singleElement().asString().startsWith("6 of 7 examples");
  }

  @Test
  void warnsWhereThereAreTooFewUnitsForAnotherReason() {
    SplitRemarks remarks = remarks(0.000_001, 1, 9);
    assertThat(remarks.undivided()).isEmpty();
    assertThat(remarks.notes())
        .singleElement()
        .asString()
        .contains("There is no validation example")
        .contains("raise split.validation");
    assertThat(remarks.together()).isEmpty();
  }

  @Test
  void warnsWhereEnoughStandsBesideTheLargestUnit() {
    SplitRemarks remarks = remarks(0.000_001, 3, 2);
    assertThat(remarks.undivided()).isEmpty();
    assertThat(remarks.notes())
        .singleElement()
        .asString()
        .contains("There is no validation example");
  }

  @Test
  void namesTheLargestUnit() {
    assertThat(remarks(0.5, 4, 40).together())
        .containsExactly(
            "The largest unit (records that stay on one side of the split) has 4 of 44 examples,"
                + " from 4 groups joined by equal prompts; its smallest id is feedback:large-0.");
  }

  private static SplitRemarks remarks(double share, int large, int others) {
    UnitSummary summary = new UnitSummary(share);
    UnitAssembly assembly = new UnitAssembly("1");
    for (int i = 0; i < large; i++) {
      assembly.add(named("feedback:large-" + i).in().identity().inUnit(1));
    }
    for (int i = 0; i < others; i++) {
      assembly.add(named("feedback:other-" + i).in().identity().inUnit(100 + i));
    }
    assembly.assemble(summary, unit -> {}, placement -> {});
    SplitPlan plan = SplitPlan.choose(summary, share, Long.MAX_VALUE, Long.MAX_VALUE);
    return SplitRemarks.of(summary, plan, share, root -> EnumSet.of(Join.Cause.PROMPT));
  }
}
