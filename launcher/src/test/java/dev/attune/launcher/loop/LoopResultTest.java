package dev.attune.launcher.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.launcher.loop.LoopResult.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an interrupted run says last. */
class LoopResultTest {
  private static final List<Step> BEFORE_TUNING =
      List.of(new Step("prepare", true, "d"), new Step("check", true, "0 errors"));

  @Test
  void namesTheJobThatTunedTheDatasetBefore() {
    assertThat(LoopResult.interrupted(BEFORE_TUNING, "cases-1a2b"))
        .isEqualTo(
            "Interrupted after prepare, check: the dataset is published, and no new tuning job was"
                + " submitted; cases-1a2b tuned on it already. Run the same command again to"
                + " continue.");
  }

  @Test
  void saysThatNoNewJobWasSubmittedWhereThereIsNone() {
    assertThat(LoopResult.interrupted(BEFORE_TUNING, null))
        .isEqualTo(
            "Interrupted after prepare, check: the dataset is published, and no new tuning job was"
                + " submitted. Run the same command again to continue.");
  }
}
