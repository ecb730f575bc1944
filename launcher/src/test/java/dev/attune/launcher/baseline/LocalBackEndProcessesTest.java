package dev.attune.launcher.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.OutputFormat;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.tuning.BackEndException;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.tuning.TuningSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes on one folder of jobs; some are killed as kill -9 kills. */
class LocalBackEndProcessesTest {
  private static final int ENDLESS = 100_000_000;

  /** Some seconds of training. */
  private static final int LONG = 1_000;

  @TempDir private Path folder;
  private LocalBackEnd backEnd;
  private DatasetDirectory dataset;

  @BeforeEach
  void start() throws IOException {
    backEnd = new LocalBackEnd(folder, InstantSource.system());
    dataset =
        Published.classification(
            folder.resolve("d"), OutputFormat.GEMINI, Published.SUBJECTS, Published.questions(600));
  }

  @AfterEach
  void stop() {
    backEnd.close();
  }

  private TuningSpec spec(int epochs) {
    return new TuningSpec(
        dataset.fingerprint(),
        LocalBackEnd.NAME,
        LocalBackEnd.BASE_MODEL,
        LocalBackEnd.LOCATION,
        new Hyperparameters(epochs, 4, 1.0));
  }

  private BackEndJob create(int epochs) throws BackEndException {
    return backEnd.create(spec(epochs), backEnd.stage(dataset), "ledger");
  }

  @Test
  void goesOnWithAJobWhoseTrainerWasKilled() throws Exception {
    String name = create(LONG).name();
    try (WatchingProcess trainer = WatchingProcess.watching(folder, name)) {
      trainer.awaitLine("RUNNING");
      trainer.kill();
    }
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.RUNNING);
    BackEndJob done = Watching.untilItEnds(backEnd, name);
    assertThat(done.state()).isEqualTo(TuningJobState.SUCCEEDED);
    try (LocalModel model = LocalModel.open(Path.of(done.endpoint()))) {
      assertThat(model.answer(Published.example("my card", "unasked"))).isEqualTo("card");
    }
  }

  @Test
  void twoProcessesSeeTheEndOfOneTraining() throws Exception {
    String name = create(LONG).name();
    try (WatchingProcess trainer = WatchingProcess.watching(folder, name)) {
      trainer.awaitLine("RUNNING");
      byte[] started = Files.readAllBytes(folder.resolve("jobs").resolve(name).resolve("job.json"));
      assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.RUNNING);
      assertThat(folder.resolve("jobs").resolve(name).resolve("job.json"))
          .hasBinaryContent(started);
      trainer.awaitLine("SUCCEEDED");
    }
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.SUCCEEDED);
  }

  @Test
  void cancelsAJobThatAnotherProcessTrains() throws Exception {
    String name = create(ENDLESS).name();
    try (WatchingProcess trainer = WatchingProcess.watching(folder, name)) {
      trainer.awaitLine("RUNNING");
      backEnd.cancel(name);
      trainer.awaitLine("CANCELLED");
    }
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.CANCELLED);
  }

  @Test
  void aWishToCancelOutlivesTheTrainerThatDidNotSeeIt() throws Exception {
    String name = create(ENDLESS).name();
    try (WatchingProcess trainer = WatchingProcess.watching(folder, name)) {
      trainer.awaitLine("RUNNING");
      trainer.kill();
      Files.createFile(folder.resolve("jobs").resolve(name).resolve("cancel"));
    }
    assertThat(backEnd.get(name).state()).isEqualTo(TuningJobState.CANCELLED);
  }

  @Test
  void findsEveryJobThatKilledProcessesHaveCreatedOnce() throws Exception {
    Set<String> epochs = new HashSet<>();
    try (WatchingProcess one = WatchingProcess.creating(folder, dataset);
        WatchingProcess other = WatchingProcess.creating(folder, dataset)) {
      while (epochs.size() < 40) {
        epochs.add(String.valueOf(one.line()));
        epochs.add(String.valueOf(other.line()));
      }
      for (WatchingProcess creator : List.of(one, other)) {
        creator.kill();
        for (String line = creator.line(); line != null; line = creator.line()) {
          epochs.add(line);
        }
      }
    }
    for (String created : epochs) {
      assertThat(backEnd.find(spec(Integer.parseInt(created)))).as(created).hasSize(1);
    }
    // Whatever they were at when they were killed is a job or none, and in nobody's way.
    try (var jobs = Files.newDirectoryStream(folder.resolve("jobs"), "[0-9a-f]*-*")) {
      for (Path job : jobs) {
        assertThat(job.getFileName().toString()).endsWith("-1");
        assertThat(backEnd.find(spec(new JobFolder(job).read().hyperparameters().epochs())))
            .hasSize(1);
      }
    }
    assertThat(create(99_999).state()).isEqualTo(TuningJobState.QUEUED);
  }

  @Test
  void twoProcessesAnswerTheSame() throws Exception {
    String here = create(5).name();
    Path model = folder.resolve("jobs").resolve(here);
    Watching.untilItEnds(backEnd, here);
    Path elsewhere = folder.resolve("elsewhere");
    String there;
    try (LocalBackEnd other = new LocalBackEnd(elsewhere, InstantSource.system())) {
      there =
          other
              .create(
                  new TuningSpec(
                      dataset.fingerprint(), "local", "x", "y", new Hyperparameters(5, 1, 1.0)),
                  other.stage(dataset),
                  "ledger")
              .name();
      try (WatchingProcess trainer = WatchingProcess.watching(elsewhere, there)) {
        trainer.awaitLine("SUCCEEDED");
      }
    }
    try (LocalModel one = LocalModel.open(model);
        LocalModel two = LocalModel.open(elsewhere.resolve("jobs").resolve(there))) {
      for (var question : Published.questions(300)) {
        assertThat(two.answer(question)).isEqualTo(one.answer(question));
      }
    }
  }
}
