package dev.attune.launcher.tune;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.AttuneConfig;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.Place;
import dev.attune.launcher.console.CommandFailure;
import dev.attune.launcher.console.ExitCode;
import dev.attune.launcher.console.Shell;
import dev.attune.launcher.console.TestShell;
import dev.attune.launcher.dataset.DatasetDirectory;
import dev.attune.launcher.dataset.PublishedDataset;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.launcher.ledger.Job;
import dev.attune.launcher.ledger.Ledger;
import dev.attune.launcher.ledger.LedgerKind;
import dev.attune.launcher.ledger.WatchedLedger;
import dev.attune.launcher.tune.Steps.Crash;
import dev.attune.launcher.tuning.BackEndJob;
import dev.attune.launcher.tuning.TuningJobState;
import dev.attune.launcher.vertex.VertexBackEnd;
import io.grpc.Status.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every step of tuning, crossed with every fault of the service: the process crashes after the
 * step, is started again until it ends, and there is one job. {@code target/crash-points-*.txt} has
 * the table.
 */
class CrashPointsTest {
  private static final Duration GRACE = Duration.ofSeconds(6);

  @TempDir private static Path folder;

  /** What goes wrong with the service, in the process that crashes and in those after it. */
  private enum Trouble {
    NONE(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {}
    },
    LIST_LAGS(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.listLag(GRACE.minusSeconds(2));
      }
    },
    CREATE_REPLY_LOST(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));
      }
    },
    CREATE_REPLY_LOST_AND_LIST_LAGS(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.listLag(GRACE.minusSeconds(2));
        service.faultNext(Method.CREATE, Fault.lost(Code.INTERNAL));
      }
    },
    CREATE_UNAVAILABLE(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CREATE, Fault.refused(Code.UNAVAILABLE));
      }
    },
    CREATE_DONE_WITHOUT_ANSWER(Duration.ofMillis(100)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CREATE, Fault.silent());
      }
    },
    CREATE_SWALLOWED(Duration.ofMillis(100)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CREATE, Fault.swallowed());
      }
    },
    CREATE_SLOW(Duration.ofMillis(100)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CREATE, Fault.slow(Duration.ofMillis(250)));
      }
    },
    CREATE_DENIED(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CREATE, Fault.refused(Code.PERMISSION_DENIED));
      }
    },
    QUOTA(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        TuningJob other =
            service.put(String.valueOf(place.location()), TuningJob.getDefaultInstance());
        service.concurrentJobs(1);
        time.in(
            Duration.ofSeconds(25),
            () -> service.set(other.getName(), JobState.JOB_STATE_SUCCEEDED));
      }
    },
    LIST_UNAVAILABLE(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.LIST, Fault.refused(Code.UNAVAILABLE));
      }
    },
    LIST_WITHOUT_ANSWER(Duration.ofMillis(100)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.LIST, Fault.swallowed());
      }
    },
    GET_UNAVAILABLE(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.GET, Fault.refused(Code.UNAVAILABLE));
      }
    },
    GET_WITHOUT_ANSWER(Duration.ofMillis(100)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.GET, Fault.silent());
      }
    },
    UPLOAD_CUT(Duration.ofSeconds(30)) {
      @Override
      void make(Place place, VertexEmulator service, FakeTime time) {
        service.faultNext(Method.CHUNK, Fault.cut(10));
      }
    };

    private final Duration call;

    Trouble(Duration call) {
      this.call = call;
    }

    abstract void make(Place place, VertexEmulator service, FakeTime time);
  }

  @ParameterizedTest
  @EnumSource
  void leaveOneJobWhateverIsKilledWhen(LedgerKind kind) throws Exception {
    Path here = Files.createDirectories(folder.resolve(kind.name()));
    AttuneConfig config = kind.config(here);
    DatasetDirectory dataset =
        PublishedDataset.write(here.resolve("dataset"), List.of("{\"a\":1}", "{}"), List.of("{}"));
    Map<Trouble, List<String>> table = new LinkedHashMap<>();
    FakeTime time = new FakeTime();
    try (VertexEmulator service = VertexEmulator.start(time);
        Ledger kept = kind.open(here, new TestShell(here).shell())) {
      for (Trouble trouble : Trouble.values()) {
        Scenario.Stage stage = new Scenario.Stage(config, dataset, service, time);
        List<String> steps = new Scenario(stage, trouble, table.size()).undisturbed();
        for (int crash = 0; crash <= steps.size(); crash++) {
          new Scenario(stage, trouble, 1000 * (table.size() + 1) + crash).crash(crash);
        }
        table.put(trouble, steps);
      }
      assertThat(kept.jobs().all()).hasSize(points(table) + table.size());
    }
    write(kind, table);
    assertThat(table).hasSize(Trouble.values().length);
    assertThat(table.get(Trouble.NONE))
        .containsSubsequence(
            "ledger: Datasets.enter",
            "ledger: Jobs.intend",
            "back end: stage",
            "back end: find",
            "ledger: Jobs.mayCreate",
            "back end: create",
            "ledger: Jobs.observe",
            "back end: get",
            "ledger: Jobs.observe");
  }

  private static void write(LedgerKind kind, Map<Trouble, List<String>> table) throws IOException {
    StringBuilder text = new StringBuilder("Crash points, ledger " + kind + "\n");
    for (Map.Entry<Trouble, List<String>> row : table.entrySet()) {
      text.append(row.getKey()).append(": ").append(row.getValue().size() + 1).append(" points\n");
      text.append("   0 before the first step\n");
      for (int i = 0; i < row.getValue().size(); i++) {
        text.append("%4d after %s%n".formatted(i + 1, row.getValue().get(i)));
      }
    }
    text.append(table.size())
        .append(" troubles, ")
        .append(points(table))
        .append(" crashes, one job each\n");
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/crash-points-" + kind + ".txt"), text);
  }

  private static int points(Map<Trouble, List<String>> table) {
    return table.values().stream().mapToInt(steps -> steps.size() + 1).sum();
  }

  /** One job, in a location of its own. */
  private static final class Scenario {
    private final Stage stage;
    private final Trouble trouble;
    private final int number;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Scenario(Stage stage, Trouble trouble, int number) {
      this.stage = stage;
      this.trouble = trouble;
      this.number = number;
    }

    /** What all have in common. */
    record Stage(
        AttuneConfig config, DatasetDirectory dataset, VertexEmulator service, FakeTime time) {}

    List<String> undisturbed() throws Exception {
      makeTrouble();
      Steps steps = new Steps(Steps.NOWHERE);
      check(untilItEnds(steps));
      return steps.all();
    }

    void crash(int after) throws Exception {
      makeTrouble();
      try {
        launch(new Steps(after));
      } catch (Crash expected) {
        // The process is gone.
      } catch (CommandFailure refused) {
        assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
      }
      check(untilItEnds(new Steps(Steps.NOWHERE)));
    }

    private void makeTrouble() {
      stage.service.listLag(Duration.ZERO);
      stage.service.concurrentJobs(1);
      trouble.make(place(), stage.service, stage.time);
    }

    private Job untilItEnds(Steps steps) throws Exception {
      for (int start = 0; start < 3; start++) {
        try {
          Tuned tuned = launch(steps);
          assertThat(tuned.failure()).isNull();
          return tuned.job();
        } catch (CommandFailure refused) {
          assertThat(refused.exit()).isEqualTo(ExitCode.REFUSED);
        }
      }
      throw new AssertionError("it does not end:\n" + err.toString(StandardCharsets.UTF_8));
    }

    private Tuned launch(Steps steps) throws Exception {
      PrintStream printed = new PrintStream(err, true, StandardCharsets.UTF_8);
      Shell shell =
          new Shell(
              printed,
              printed,
              false,
              stage.config.folder(),
              Map.of(LedgerKind.VARIABLE, LedgerKind.PASSWORD),
              stage.time);
      try (Ledger ledger =
          WatchedLedger.open(
              stage.config.ledger(),
              stage.config.folder(),
              shell,
              step -> steps.passed("ledger: " + step))) {
        steps.begin();
        return new TuningRun(
                shell,
                ledger,
                (tuning, beside) -> new SteppedBackEnd(VertexBackEnd.open(tuning), steps),
                (directory, tuning) -> {},
                stage.time)
            .tune(new TuneOrder(stage.dataset.path(), tuning(), false, true));
      }
    }

    private void check(Job job) {
      String key = job.spec().key();
      String said = err.toString(StandardCharsets.UTF_8);
      assertThat(stage.service.jobs(key)).as(trouble + " %d: jobs\n" + said, number).isEqualTo(1);
      TuningJob there =
          stage.service.jobs().stream()
              .filter(created -> created.getLabelsMap().containsValue(key))
              .findFirst()
              .orElseThrow();
      assertThat(job.state()).as(said).isEqualTo(TuningJobState.SUCCEEDED);
      assertThat(job.known())
          .extracting(BackEndJob::name, BackEndJob::model, BackEndJob::endpoint)
          .containsExactly(
              there.getName(),
              there.getTunedModel().getModel(),
              there.getTunedModel().getEndpoint());
    }

    private Place place() {
      return new Place(
          "my-project",
          "place" + number,
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
          new Hyperparameters(3, 4, 1.0),
          null,
          new Patience(GRACE, trouble.call, null, Duration.ofHours(24)),
          null);
    }
  }
}
