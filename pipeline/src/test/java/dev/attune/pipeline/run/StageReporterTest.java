package dev.attune.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.accounting.WorkDone;
import dev.attune.pipeline.accounting.WorkDone.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StageReporterTest {
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void forget() {
    WorkDone.reset();
  }

  @Test
  void knowsTheStageByWhatIsCounted() {
    StageReporter stages = new StageReporter(400_000_000, false);

    tell(stages);
    WorkDone.add(Kind.RECORDS_READ, 123_456);
    WorkDone.add(Kind.INPUT_BYTES, 246_900_000);
    tell(stages);
    WorkDone.add(Kind.INPUT_BYTES, 153_100_000);
    WorkDone.add(Kind.RECORDS_ENCODED, 150_000);
    tell(stages);
    WorkDone.add(Kind.EXAMPLES_CARRIED, 10_000);
    WorkDone.add(Kind.IDS_COMPARED, 1);
    tell(stages);
    WorkDone.add(Kind.BANDS_MADE, 6_000_000);
    WorkDone.add(Kind.BANDS_COMPARED, 1_500_000);
    tell(stages);
    WorkDone.add(Kind.RECORDS_IN_UNITS, 90_000);
    tell(stages);
    WorkDone.add(Kind.RECORDS_WRITTEN, 140_000);
    WorkDone.add(Kind.PART_BYTES, 80_000_000);
    WorkDone.add(Kind.LINEAGE_BYTES, 40_000_000);
    tell(stages);
    WorkDone.add(Kind.FILE_BYTES, 12_000_000);
    tell(stages);
    WorkDone.add(Kind.PROVEN_BYTES, 20_000_000);
    tell(stages);

    assertThat(told)
        .containsExactly(
            "START -1/0",
            "READ 123456/200000",
            "CHECK 150000/123456",
            "COMPARE -1/160000",
            "COMPARE 40000/160000",
            "SPLIT 90000/160000",
            "WRITE 140000/160000",
            "PUBLISH 12000000/120000000",
            "PROVE 20000000/80000000");
  }

  @Test
  void beginsAnewWithEachRun() {
    WorkDone.add(Kind.FILE_BYTES, 9);

    tell(new StageReporter(1, false));

    assertThat(told).containsExactly("START -1/0");
  }

  @Test
  void knowsNoTotalOfWhatIsCheckedWhereOnlySomeOfWhatWasReadIsUsed() {
    StageReporter stages = new StageReporter(1_000, true);
    WorkDone.add(Kind.RECORDS_READ, 1_711);
    WorkDone.add(Kind.INPUT_BYTES, 1_000);
    WorkDone.add(Kind.RECORDS_ENCODED, 20);

    tell(stages);

    assertThat(told).containsExactly("CHECK 20/0");
  }

  private void tell(StageReporter stages) {
    stages.report((stage, done, total) -> told.add(stage + " " + done + "/" + total));
  }
}
