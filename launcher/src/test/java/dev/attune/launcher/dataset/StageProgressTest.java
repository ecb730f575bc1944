package dev.attune.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.console.SteppedTicker;
import dev.attune.launcher.console.TestShell;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StageProgressTest {
  private final TestShell shell = new TestShell(Path.of("/"));
  private final SteppedTicker time = new SteppedTicker();

  @Test
  void showsEachLongStageWithWhatIsLeftAndWhatComes() {
    try (StageProgress stages = new StageProgress(time.with(shell.shell()), "animals")) {
      stages.at(PrepareStage.SURVEY, 120_000_000, 480_000_000);
      time.pass(3);
      stages.running(PrepareRunner.FLINK);
      stages.at(PrepareStage.READ, 30_000, 200_000);
      time.pass(3);
      stages.at(PrepareStage.COMPARE, 0, 150_000);
      time.pass(3);
      stages.at(PrepareStage.SPLIT, 150_000, 150_000);
      time.pass(2);
      stages.at(PrepareStage.WRITE, 50_000, 150_000);
      time.pass(2);
      stages.at(PrepareStage.PUBLISH, 60_000_000, 120_000_000);
      time.pass(3);
      stages.at(PrepareStage.PROVE, 1, 2);
    }
    time.pass(20);

    assertThat(shell.err())
        .containsExactly(
            "Measuring the input files: 120 of 480 MB, 40 MB a second, 9 s left",
            "Preparing animals with the flink runner",
            "Reading: 30,000 of about 200,000 records, 10,000 a second, 17 s left; next: checking,"
                + " removing duplicates, assigning the split, sorting, writing the files, comparing"
                + " validation with training",
            "Removing duplicates: 0 of 150,000 records, 3 s so far; next: assigning the split,"
                + " sorting, writing the files, comparing validation with training",
            "Writing the files: 60 of about 120 MB, 20 MB a second, 3 s left; next: comparing"
                + " validation with training");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void saysForHowLongWhereAClusterTellsNothing() {
    try (StageProgress stages = new StageProgress(time.with(shell.shell()), "animals")) {
      stages.at(PrepareStage.CLUSTER, -1, 0);
      time.pass(3);
      stages.at(PrepareStage.CLUSTER, 12, 40);
      time.pass(10);
    }

    assertThat(shell.err())
        .containsExactly(
            "Running on the Flink cluster: 3 s so far",
            "Running on the Flink cluster: 12 of 40 tasks, 30 s left");
  }
}
