package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.TuningPlace;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.WatchedLedger;
import dev.attune.launcher.tuning.Steps.Crash;
import dev.attune.launcher.tuning.submission.TuningRequest;
import dev.attune.launcher.tuning.submission.TuningResult;
import dev.attune.launcher.tuning.submission.TuningRun;
import dev.attune.launcher.vertex.VertexBackEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One key, in a location of its own: a process that crashes, and those that are started after it.
 */
final class CrashScenario {
  static final Duration GRACE = Duration.ofSeconds(6);

  private final Stage stage;
  private final CrashTrouble trouble;
  private final Change change;
  private final int number;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<TuningPlace, TuningBackEnd> connections = new HashMap<>();
  private boolean restarted;

  /**
   * A scenario.
   *
   * @param change what is different once the process is started again
   * @param number of a key and a location that no other scenario has
   */
  CrashScenario(Stage stage, CrashTrouble trouble, Change change, int number) {
    this.stage = stage;
    this.trouble = trouble;
    this.change = change;
    this.number = number;
  }

  /** What changes between the crash and the next start. */
  enum Change {
    NOTHING,
    LOCATION,
    PROJECT,
    /** The ledger is lost: the next start has a new one. */
    LEDGER
  }

  /**
   * What all have in common.
   *
   * @param next a configuration with another ledger, which has none of the keys yet
   */
  record Stage(
      AttuneConfig config,
      AttuneConfig next,
      DatasetDirectory dataset,
      VertexEmulator service,
      FakeTime time) {}

  /** The steps of a process that does not crash. */
  List<String> undisturbed() throws Exception {
    makeTrouble();
    Steps steps = new Steps(Steps.NOWHERE);
    try {
      check(untilItEnds(steps));
    } finally {
      disconnect();
    }
    return steps.all();
  }

  /**
   * Crashes after a step, starts again and checks what is left.
   *
   * @return how it ended: one job, or what became of the second
   */
  String crash(int after) throws Exception {
    makeTrouble();
    try {
      launch(new Steps(after));
    } catch (Crash expected) {
      // The process is gone.
    } catch (CommandFailure refused) {
      assertThat(refused.code().exit()).isEqualTo(ExitCode.REFUSED);
    }
    restarted = true;
    try {
      return check(untilItEnds(new Steps(Steps.NOWHERE)));
    } finally {
      disconnect();
    }
  }

  /** The processes of a scenario share connections, which keep nothing of a process. */
  private TuningBackEnd connected(TuningConfig tuning) throws CommandFailure {
    TuningBackEnd open = connections.get(tuning.place());
    if (open == null) {
      open = VertexBackEnd.open(tuning);
      connections.put(tuning.place(), open);
    }
    return open;
  }

  private void disconnect() {
    connections.values().forEach(TuningBackEnd::close);
  }

  private void makeTrouble() {
    stage.service.listLag(Duration.ZERO);
    // One at once, as a quota has it; a lost ledger may create another beside one.
    stage.service.concurrentJobs(change == Change.LEDGER ? 9 : 1);
    trouble.make(place(), stage.service, stage.time);
  }

  private Job untilItEnds(Steps steps) throws Exception {
    for (int start = 0; start < 3; start++) {
      try {
        TuningResult tuned = launch(steps);
        assertThat(tuned.failure()).as(said()).isNull();
        return tuned.job();
      } catch (CommandFailure refused) {
        assertThat(refused.code().exit()).isEqualTo(ExitCode.REFUSED);
      }
    }
    throw new AssertionError("it does not end:\n" + said());
  }

  private TuningResult launch(Steps steps) throws Exception {
    PrintStream printed = new PrintStream(err, true, StandardCharsets.UTF_8);
    AttuneConfig config = restarted && change == Change.LEDGER ? stage.next : stage.config;
    Shell shell =
        new Shell(
            printed,
            printed,
            false,
            config.folder().local(),
            Map.of(LedgerKind.VARIABLE, LedgerKind.PASSWORD),
            stage.time);
    try (Ledger ledger =
        WatchedLedger.open(
            config.ledger(),
            config.folder().local(),
            shell,
            step -> steps.passed("ledger: " + step))) {
      steps.begin();
      return new TuningRun(
              shell,
              ledger,
              (tuning, beside) -> new SteppedBackEnd(connected(tuning), steps),
              (directory, tuning) -> {},
              stage.time)
          .tune(new TuningRequest(stage.dataset.path(), tuning(), false, true));
    }
  }

  private String check(Job job) {
    String what = trouble + " " + change + " " + number + "\n" + said();
    String key = job.spec().key();
    List<TuningJob> all =
        stage.service.jobs().stream()
            .filter(created -> created.getLabelsMap().containsValue(key))
            .toList();
    TuningJob kept =
        all.stream()
            .filter(one -> job.known() != null && one.getName().equals(job.known().name()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(what));
    if (change != Change.LEDGER) {
      assertThat(all).as(what).hasSize(1);
    }
    assertThat(job.state()).as(what).isEqualTo(TuningJobState.SUCCEEDED);
    assertThat(job.known())
        .as(what)
        .extracting(BackEndJob::name, BackEndJob::model, BackEndJob::endpoint)
        .containsExactly(
            kept.getName(), kept.getTunedModel().getModel(), kept.getTunedModel().getEndpoint());
    String end = "one job";
    for (TuningJob second : all) {
      if (second.getName().equals(kept.getName())) {
        continue;
      }
      boolean cancelled =
          second.getState() == JobState.JOB_STATE_CANCELLING
              || second.getState() == JobState.JOB_STATE_CANCELLED;
      assertThat(said())
          .as(what)
          .contains(
              second.getName()
                  + (cancelled ? " was created from this ledger" : " has the same key as"));
      end = cancelled ? "the second cancelled" : "the second named";
      stage.service.set(second.getName(), JobState.JOB_STATE_CANCELLED);
    }
    return end;
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private TuningPlace place() {
    return new TuningPlace(
        restarted && change == Change.PROJECT ? "another-project" : "my-project",
        (restarted && change == Change.LOCATION ? "moved" : "place") + number,
        "gs://" + VertexEmulator.BUCKET + "/attune",
        stage.service.endpoint(),
        true,
        stage.service.storageEndpoint());
  }

  private TuningConfig tuning() {
    return new TuningConfig(
        BackEnd.VERTEX,
        "gemini-3.5-flash",
        place(),
        new Hyperparameters(1 + number, 4, 1.0),
        null,
        new Patience(GRACE, trouble.call, null, Duration.ofHours(24)),
        null);
  }
}
