package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.TuningConfig;
import dev.attune.config.TuningConfig.BackEnd;
import dev.attune.config.TuningConfig.Hyperparameters;
import dev.attune.config.TuningConfig.Patience;
import dev.attune.config.TuningConfig.TuningPlace;
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
import dev.attune.launcher.tuning.submission.TuningRequest;
import dev.attune.launcher.tuning.submission.TuningResult;
import dev.attune.launcher.tuning.submission.TuningRun;
import dev.attune.launcher.vertex.VertexBackEnd;
import io.grpc.Status.Code;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that tune the same at once, one with a ledger in H2 and one in PostgreSQL, which
 * know nothing of each other: all orders of the first four calls of each (list, list, create, list)
 * without trouble, a third of them under each trouble, then orders by chance with a seed. One job
 * goes on, or the second is cancelled or named. {@code target/crash-points-two-ledgers.txt} has the
 * table.
 */
class TwoLedgersTest {
  private static final int CALLS = 4;
  private static final int BY_CHANCE = 6;
  private static final int LONG = 24;
  private static final Duration LAG = Duration.ofSeconds(4);

  @TempDir private Path folder;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final FakeTime time = new FakeTime();
  private int number;

  /** What goes wrong with the service. */
  private enum Trouble {
    NONE,
    LIST_LAGS,
    REPLY_LOST
  }

  @Test
  void leaveOneJobOrNameTheSecondInEveryOrder() throws Exception {
    DatasetDirectory dataset =
        PublishedDataset.write(folder.resolve("dataset"), List.of("{\"a\":1}"), List.of("{}"));
    Path h2 = Files.createDirectories(folder.resolve("h2"));
    Path postgresql = Files.createDirectories(folder.resolve("postgresql"));
    StringBuilder table = new StringBuilder("Two ledgers, H2 (a) and PostgreSQL (b)\n");
    try (VertexEmulator service = VertexEmulator.start(time);
        Ledger one = LedgerKind.H2.open(h2, timed(new ByteArrayOutputStream()));
        Ledger other = LedgerKind.POSTGRESQL.open(postgresql, timed(new ByteArrayOutputStream()))) {
      service.concurrentJobs(1000);
      service.script(
          JobState.JOB_STATE_QUEUED, JobState.JOB_STATE_RUNNING, JobState.JOB_STATE_SUCCEEDED);
      for (Trouble trouble : Trouble.values()) {
        Map<String, Integer> ends = new TreeMap<>();
        for (List<String> schedule : schedules(trouble)) {
          String end = run(trouble, schedule, service, dataset, one, other);
          ends.merge(end, 1, Integer::sum);
        }
        table.append(trouble).append(": ").append(ends).append('\n');
        assertThat(ends).containsKey("the second cancelled");
      }
    } finally {
      threads.shutdownNow();
    }
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/crash-points-two-ledgers.txt"), table);
  }

  private static List<List<String>> schedules(Trouble trouble) {
    List<List<String>> all = new ArrayList<>();
    int step = trouble == Trouble.NONE ? 1 : 3;
    for (int bits = 0; bits < 1 << (2 * CALLS); bits++) {
      if (Integer.bitCount(bits) == CALLS && bits % step == 0) {
        List<String> one = new ArrayList<>();
        for (int i = 0; i < 2 * CALLS; i++) {
          one.add(((bits >> i) & 1) == 1 ? "a" : "b");
        }
        all.add(one);
      }
    }
    for (int seed = 0; seed < BY_CHANCE; seed++) {
      List<String> one = new ArrayList<>(Collections.nCopies(LONG / 2, "a"));
      one.addAll(Collections.nCopies(LONG / 2, "b"));
      Collections.shuffle(one, new Random(seed));
      all.add(one);
    }
    return all;
  }

  private String run(
      Trouble trouble,
      List<String> schedule,
      VertexEmulator service,
      DatasetDirectory dataset,
      Ledger one,
      Ledger other)
      throws Exception {
    number++;
    service.listLag(trouble == Trouble.LIST_LAGS ? LAG : Duration.ZERO);
    if (trouble == Trouble.REPLY_LOST) {
      service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));
    }
    TuningRequest order = new TuningRequest(dataset.path(), tuning(service), false, true);
    Turns turns = new Turns(schedule);
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Future<Job> first = threads.submit(() -> tune(order, one, "a", turns, err));
    Future<Job> second = threads.submit(() -> tune(order, other, "b", turns, err));
    List<Job> ended = List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS));
    String said = err.toString(StandardCharsets.UTF_8);
    return end(trouble + " " + schedule + "\n" + said, said, ended, service);
  }

  private Job tune(
      TuningRequest order, Ledger ledger, String who, Turns turns, ByteArrayOutputStream err)
      throws Exception {
    try {
      TuningResult tuned =
          new TuningRun(
                  timed(err),
                  ledger,
                  (tuning, beside) -> new ScheduledBackEnd(VertexBackEnd.open(tuning), turns, who),
                  (directory, tuning) -> {},
                  time)
              .tune(order);
      assertThat(tuned.failure()).isNull();
      return tuned.job();
    } finally {
      turns.end(who);
    }
  }

  private static String end(String what, String said, List<Job> ended, VertexEmulator service) {
    String key = ended.get(0).spec().key();
    List<String> kept = new ArrayList<>();
    for (Job job : ended) {
      BackEndJob known = Objects.requireNonNull(job.known());
      assertThat(job.state()).as(what).isEqualTo(TuningJobState.SUCCEEDED);
      kept.add(known.name());
    }
    String end = "one job";
    for (TuningJob job : service.jobs()) {
      if (!job.getLabelsMap().containsValue(key) || job.getName().equals(kept.get(0))) {
        continue;
      }
      boolean cancelled =
          job.getState() == JobState.JOB_STATE_CANCELLING
              || job.getState() == JobState.JOB_STATE_CANCELLED;
      // Each of two that go on is named by somebody, be it the other's second or the first.
      boolean named =
          said.contains(job.getName() + " has the same key as")
              || said.contains(kept.get(0) + " has the same key as");
      assertThat(cancelled ? said.contains(job.getName() + " was created from this ledger") : named)
          .as(what)
          .isTrue();
      end = cancelled ? "the second cancelled" : "the second named";
    }
    return end;
  }

  private Shell timed(ByteArrayOutputStream err) {
    PrintStream printed = new PrintStream(err, true, StandardCharsets.UTF_8);
    Shell outer = new TestShell(folder).shell();
    return new Shell(printed, printed, false, folder, outer.environment(), time);
  }

  /** A key and a location of its own. */
  private TuningConfig tuning(VertexEmulator service) {
    TuningPlace place =
        new TuningPlace(
            "my-project",
            "place" + number,
            "gs://" + VertexEmulator.BUCKET + "/attune",
            service.endpoint(),
            true,
            service.storageEndpoint());
    return new TuningConfig(
        BackEnd.VERTEX,
        "gemini-3.5-flash",
        place,
        new Hyperparameters(number, 4, 1.0),
        null,
        new Patience(Duration.ofSeconds(6), Duration.ofSeconds(30), null, Duration.ofHours(24)),
        null);
  }
}
