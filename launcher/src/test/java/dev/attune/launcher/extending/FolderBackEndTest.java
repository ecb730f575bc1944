package dev.attune.launcher.extending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningBackEnd.StagedDataset;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBackEndTest {
  private static final TuningSpec SPEC =
      new TuningSpec("sha256:00", "folder", "some-model", "here", new Hyperparameters(1, 4, 1));
  private static final StagedDataset STAGED = new StagedDataset("train.jsonl", "valid.jsonl");

  @TempDir Path folder;

  @Test
  void createsAJobOnceAndFindsIt() throws Exception {
    try (FolderBackEnd backEnd = new FolderBackEnd(folder)) {
      assertThat(backEnd.find(SPEC)).isEmpty();
      BackEndJob created = backEnd.create(SPEC, STAGED, "ledger");
      assertThat(created.state()).isEqualTo(TuningJobState.PENDING);
      assertThat(backEnd.find(SPEC))
          .singleElement()
          .satisfies(
              found -> {
                assertThat(found.job()).isEqualTo(created);
                assertThat(found.ledger()).isEqualTo("ledger");
              });
      assertThatThrownBy(() -> backEnd.create(SPEC, STAGED, "ledger"))
          .isInstanceOf(BackEndException.class);
    }
  }

  @Test
  void showsTheModelOfAJobThatEnded() throws Exception {
    try (FolderBackEnd backEnd = new FolderBackEnd(folder)) {
      String name = backEnd.create(SPEC, STAGED, "ledger").name();
      Files.writeString(folder.resolve(name + ".model"), "tuned-1\n");
      assertThat(backEnd.get(name).model()).isEqualTo("tuned-1");
      assertThat(backEnd.get(name).state().hasModel()).isTrue();
    }
  }

  @Test
  void cancelsAnOrder() throws Exception {
    try (FolderBackEnd backEnd = new FolderBackEnd(folder)) {
      String name = backEnd.create(SPEC, STAGED, "ledger").name();
      backEnd.cancel(name);
      assertThat(backEnd.find(SPEC)).isEmpty();
      assertThatThrownBy(() -> backEnd.get(name)).isInstanceOf(BackEndException.class);
    }
  }
}
