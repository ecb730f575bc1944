package dev.attune.launcher.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.config.OutputFormat;
import dev.attune.launcher.dataset.TestDataset;
import dev.attune.launcher.emulator.Fault;
import dev.attune.launcher.emulator.Method;
import dev.attune.launcher.emulator.Moment;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.schema.ExampleLine;
import dev.attune.schema.Turn;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real launchers, real processes, kill -9: around every call and around the ledger's writes, and
 * two at once. Run by .ci/checks/crash-points.sh; {@code target/killed-launchers.txt} has the list.
 */
class KilledLaunchersIT {
  private static final String CONFIG =
      """
      dataset: talk
      task: conversation
      sources: {generated: {files: [a.jsonl]}}
      ledger: {jdbcUrl: "jdbc:h2:file:%s"}
      tuning: {backEnd: vertex, project: p, bucket: "gs://%s/%d", plaintext: true,
        endpoint: "%s", storageEndpoint: "%s", baseModel: gemini-3.5-flash, location: us-central1,
        epochs: %d, createGrace: 2s, callDeadline: 2s, pollInterval: 0s}
      """;

  private static final List<String> REPORT = new ArrayList<>();

  @TempDir private Path directory;

  private final AtomicInteger configurations = new AtomicInteger();
  private VertexEmulator service;

  @BeforeEach
  void start() throws IOException {
    service = VertexEmulator.start();
    ExampleLine example = new ExampleLine(null, List.of(Turn.user("why?"), Turn.model("so.")));
    TestDataset.publish(
        directory.resolve("d"), OutputFormat.GEMINI, List.of(example), List.of(example));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @AfterAll
  static void report() throws IOException {
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/killed-launchers.txt"), REPORT);
  }

  @Test
  void leaveOneJobWhereverOneIsKilled() throws Exception {
    for (Kill kill : kills(undisturbed())) {
      String config = configure();
      int before = service.jobs().size();
      service.hook(kill.armed(service.calls().size()));
      Launcher first = Launcher.start(directory, "tune", "d", "--config", config);
      kill.aim(first);
      first.await();
      service.hook((moment, call) -> {});
      assertThat(first.wasKilled()).as(kill.toString()).isTrue();
      succeeds(kill.toString(), config);
      assertThat(service.jobs()).as(kill + ": jobs").hasSize(before + 1);
      REPORT.add(kill + ": killed, started again, one job");
    }
    agree();
  }

  @Test
  void leaveOneJobWhereTwoAreStartedAtOnce() throws Exception {
    List<String> troubles = List.of("none", "reply lost", "not created", "list lags");
    for (String trouble : troubles) {
      String ledger = "ledger of " + trouble;
      String config = configure(ledger);
      int before = service.jobs().size();
      service.listLag(trouble.equals("list lags") ? Duration.ofSeconds(1) : Duration.ZERO);
      if (trouble.equals("reply lost")) {
        service.faultNext(Method.CREATE, Fault.lost(Code.UNAVAILABLE));
      } else if (trouble.equals("not created")) {
        service.faultNext(Method.CREATE, Fault.refused(Code.UNAVAILABLE));
      }
      Launcher one = Launcher.start(directory, "tune", "d", "--config", config);
      Launcher other = Launcher.start(directory, "tune", "d", "--config", config);
      one.await();
      other.await();
      assertThat(one.exit()).as(trouble + "\n" + one.err()).isZero();
      assertThat(other.exit()).as(trouble + "\n" + other.err()).isZero();
      assertThat(one.out()).contains("state     SUCCEEDED").isEqualTo(other.out());
      assertThat(service.jobs()).as(trouble + ": jobs").hasSize(before + 1);
      REPORT.add("two at once, a new ledger, " + trouble + ": both end well, one job");
    }
  }

  @Test
  void leaveOneJobWhereThePlaceChangesOrTheLedgerIsLost() throws Exception {
    service.concurrentJobs(9);
    List<Seen> creation =
        undisturbed().stream().filter(seen -> seen.method == Method.CREATE).toList();
    for (String change : List.of("location", "project", "ledger")) {
      for (Kill kill : kills(creation)) { // new ones: each kills one process
        String config = configure();
        int before = service.jobs().size();
        service.hook(kill.armed(service.calls().size()));
        Launcher first = Launcher.start(directory, "tune", "d", "--config", config);
        kill.aim(first);
        first.await();
        service.hook((moment, call) -> {});
        Path file = directory.resolve(config);
        String text = Files.readString(file);
        Files.writeString(
            file,
            switch (change) {
              case "location" -> text.replace("us-central1", "europe-west4");
              case "project" -> text.replace("project: p", "project: q");
              default -> text.replace("/ledger\"", "/another " + configurations.get() + "\"");
            });
        succeeds(change + " changed, " + kill, config);
        assertThat(service.jobs()).as(change + " changed, " + kill).hasSize(before + 1);
        REPORT.add(kill + ": killed, started again with another " + change + ", one job");
      }
    }
  }

  @Test
  void leaveOneJobOrCancelOrNameTheSecondWhereTwoLedgersTuneAtOnce() throws Exception {
    service.concurrentJobs(9);
    service.script(
        JobState.JOB_STATE_QUEUED,
        JobState.JOB_STATE_QUEUED,
        JobState.JOB_STATE_QUEUED,
        JobState.JOB_STATE_SUCCEEDED);
    for (int millis : new int[] {0, 1000}) {
      service.listLag(Duration.ofMillis(millis));
      String config = configure("one of two " + millis);
      int before = service.jobs().size();
      String text = Files.readString(directory.resolve(config));
      Files.writeString(directory.resolve("other.yaml"), text.replace("/one of", "/other of"));
      Launcher one = Launcher.start(directory, "tune", "d", "--config", config);
      Launcher other = Launcher.start(directory, "tune", "d", "--config", "other.yaml");
      one.await();
      other.await();
      String said = one.err() + other.err();
      assertThat(one.exit()).as(said).isZero();
      assertThat(other.exit()).as(said).isZero();
      String end = "one job";
      if (service.jobs().size() > before + 1) {
        String second = service.jobs().get(0).getName();
        end = "two jobs, the second is cancelled or named";
        assertThat(said).containsPattern(second + " (was created from this|has the same key)");
      }
      service.listLag(Duration.ZERO);
      REPORT.add("two ledgers at once, list lags " + millis + " ms: both end well, " + end);
    }
  }

  @Test
  void makeALedgerWheneverOneIsKilledMakingIt() throws Exception {
    for (int millis = 350; millis <= 1_250; millis += 300) {
      String config = configure("ledger-" + millis);
      Launcher killed = Launcher.start(directory, "jobs", "--config", config);
      killed.killAfter(Duration.ofMillis(millis));
      Launcher next = Launcher.start(directory, "jobs", "--config", config);
      next.await();
      assertThat(next.exit()).as(millis + " ms\n" + next.err()).isZero();
      REPORT.add("killed " + millis + " ms after its start, with a new ledger: the next is fine");
    }
  }

  /** Of the two uploads, which are alike, one is killed. */
  private static List<Kill> kills(List<Seen> moments) {
    List<Kill> kills = new ArrayList<>();
    Set<String> uploads = new HashSet<>();
    for (Seen seen : moments) {
      boolean ledgerFollows = seen.method == Method.LIST || seen.method == Method.CREATE;
      boolean asked = ledgerFollows || seen.method == Method.GET;
      if (seen.moment != Moment.ANSWERED) {
        if (asked || uploads.add(seen.method + " " + seen.moment)) {
          kills.add(new Kill(seen.number - 1, seen.method, seen.moment, 0));
        }
      } else if (ledgerFollows) {
        // Before, within and after a write of the ledger.
        for (int millis : new int[] {0, 5, 25}) {
          kills.add(new Kill(seen.number - 1, seen.method, seen.moment, millis));
        }
      }
    }
    return kills;
  }

  /** A moment of a call, in a run that nobody disturbs. */
  private record Seen(int number, Method method, Moment moment) {}

  private List<Seen> undisturbed() throws Exception {
    List<Seen> seen = Collections.synchronizedList(new ArrayList<>());
    service.hook((moment, call) -> seen.add(new Seen(call.number(), call.method(), moment)));
    succeeds("undisturbed", configure());
    return List.copyOf(seen);
  }

  private void succeeds(String what, String config) throws Exception {
    Launcher launcher = Launcher.start(directory, "tune", "d", "--config", config);
    launcher.await();
    assertThat(launcher.exit()).as(what + "\n" + launcher.err()).isZero();
    assertThat(launcher.out()).as(what).contains("\nstate     SUCCEEDED\nname      projects/");
    assertThat(launcher.lastLine()).as(what).matches("[0-9a-f]{12}-1 is SUCCEEDED, \\d+ s");
  }

  /** The ledger has the jobs of the service, each once. */
  private void agree() throws Exception {
    Launcher jobs = Launcher.start(directory, "jobs", "--json", "--config", configure());
    jobs.await();
    JsonNode list = new ObjectMapper().readTree(jobs.out()).path("jobs");
    assertThat(list.findValuesAsText("name"))
        .containsExactlyInAnyOrderElementsOf(
            service.jobs().stream().map(TuningJob::getName).toList());
    assertThat(list).allMatch(job -> job.path("state").textValue().equals("SUCCEEDED"));
  }

  private String configure() throws IOException {
    return configure("ledger");
  }

  /** Another key with each: so many epochs. */
  private String configure(String ledger) throws IOException {
    int number = configurations.incrementAndGet();
    String name = "c" + number + ".yaml";
    Files.writeString(
        directory.resolve(name),
        CONFIG.formatted(
            directory.resolve(ledger),
            VertexEmulator.BUCKET,
            number,
            service.endpoint(),
            service.storageEndpoint(),
            number));
    return name;
  }
}
