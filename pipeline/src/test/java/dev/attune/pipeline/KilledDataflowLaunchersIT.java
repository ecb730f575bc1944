package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.bytes.Sha256;
import dev.attune.config.ConfigException;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.run.JobWorkers;
import dev.attune.pipeline.run.dataflow.LaunchPoint;
import dev.attune.place.StorageClient;
import dev.attune.testing.dataflowapi.DataflowCall;
import dev.attune.testing.dataflowapi.DataflowStub;
import dev.attune.testing.dataflowapi.JobScript;
import dev.attune.testing.dataflowapi.JobState;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import dev.attune.testing.gcs.StubCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Launches on Dataflow in processes of their own. The first is ended by SIGKILL while a stub holds
 * its call. The second is of another checkout, with another working directory and another temporary
 * directory, and has the same configuration in a copy or in the bucket. Run by
 * .ci/checks/dataflow-killed.sh; {@code target/killed-dataflow-launchers.txt} has the list.
 */
class KilledDataflowLaunchersIT {
  /** Two directories with the jar of the launcher and lib/, separated by a comma. */
  private static final List<String> CHECKOUTS =
      List.of(System.getProperty("attune.checkouts", "").split(",", -1));

  /** The points after which the second launch has its configuration in the bucket. */
  private static final Set<LaunchPoint> IN_BUCKET =
      EnumSet.of(
          LaunchPoint.LOCKED,
          LaunchPoint.BUILT,
          LaunchPoint.NOT_CREATED,
          LaunchPoint.KNOWN,
          LaunchPoint.ENDED);

  private static final long LONGEST_SECONDS = 120;
  private static final List<String> REPORT = new ArrayList<>();
  private static final Map<String, String> BYTES = new TreeMap<>();

  @TempDir private Path folder;
  private final StorageStub storage = StorageStub.inMemory("bkt-a");
  private final StubBucket bucket = storage.bucket("bkt-a");
  private final DataflowStub service = DataflowStub.start();
  private final AtomicReference<Process> running = new AtomicReference<>();
  private String config = "";

  KilledDataflowLaunchersIT() throws IOException {}

  @BeforeEach
  void start() throws IOException {
    assertThat(CHECKOUTS).as("-Dattune.checkouts").hasSize(2);
    StorageClient.configure(Map.of(StorageClient.ENDPOINT, storage.url()));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      lines.append(
          "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n".formatted(i, i, i));
    }
    bucket.put("in/samples.jsonl", lines.toString().getBytes(StandardCharsets.UTF_8));
    config =
        """
        dataset: answers
        task: conversation
        sources: {generated: {files: ["gs://bkt-a/in/*.jsonl"]}}
        quality: {minimum: 0}
        output: {directory: "gs://bkt-a/out"}
        dataflow: {project: test-project, region: us-central1, tempLocation: "gs://bkt-a/tmp"}
        """;
    bucket.put("conf/attune.yaml", config.getBytes(StandardCharsets.UTF_8));
    service.script(JobScript.of().runningOn());
    service
        .faults()
        .on(DataflowCall.Kind.CREATE)
        .after(call -> work(Files.writeString(folder.resolve("workers.yaml"), config)));
  }

  @AfterEach
  void stop() {
    StorageClient.configure(Map.of());
    service.close();
    storage.close();
  }

  @AfterAll
  static void report() throws IOException {
    Files.write(Path.of("target/killed-dataflow-launchers.txt"), REPORT);
  }

  @ParameterizedTest
  @EnumSource(LaunchPoint.class)
  void leaveOneJobWhereverOneIsKilled(LaunchPoint point) throws Exception {
    arm(point);
    Process first = launch(point, 0, Files.createDirectories(folder.resolve("first")));
    assertThat(exit(first)).as("of the launch that is killed: " + said("first")).isEqualTo(137);
    int jobs = service.jobs().size();
    assertThat(jobs).isEqualTo(point.compareTo(LaunchPoint.CREATED) < 0 ? 0 : 1);
    List<String> staged = bucket.names("tmp/staging/");
    letAnHourPass();

    service.faults().on(DataflowCall.Kind.GET).nth(1).after(call -> endJob());
    Path other = Files.createDirectories(folder.resolve("second"));
    assertThat(exit(launch(point, 1, other))).as(said("second")).isZero();

    assertThat(service.jobs()).hasSize(1);
    assertThat(service.jobs().get(0).name()).startsWith("attune-answers-");
    assertThat(bytes()).isEqualTo(BYTES);
    if (point == LaunchPoint.STAGED) {
      assertThat(bucket.names("tmp/staging/").stream().filter(name -> name.endsWith(".jar")))
          .as("jars are sent once, also from another checkout")
          .isEqualTo(staged.stream().filter(name -> name.endsWith(".jar")).toList())
          .hasSizeGreaterThan(50);
    }
    REPORT.add(
        "%s: killed with %d jobs, started again from %s: one job, one dataset"
            .formatted(point, jobs, isInBucket(point) ? "the bucket" : "a copy"));
  }

  /** Kills the first launch at a call that it makes at this point. */
  private void arm(LaunchPoint point) {
    DataflowCall.Kind list = DataflowCall.Kind.LIST;
    switch (point) {
      case LISTED ->
          storage
              .faults()
              .on(StubCall.Kind.GET_OBJECT)
              .object(".*/\\.lock\\..*")
              .before(call -> drop());
      case LOCKED -> service.faults().on(list).nth(2).before(call -> drop());
      case LISTED_AGAIN -> service.faults().on(list).nth(2).after(call -> kill());
      case BUILT -> storage.faults().on().object("tmp/staging/.*").before(call -> drop());
      case STAGED -> service.faults().on(list).nth(3).before(call -> drop());
      case NOT_CREATED ->
          service.faults().on(DataflowCall.Kind.CREATE).nth(1).before(call -> drop());
      case CREATED -> service.faults().on(DataflowCall.Kind.CREATE).after(call -> kill());
      case KNOWN -> service.faults().on(DataflowCall.Kind.GET).nth(1).after(call -> kill());
      case POLLED -> service.faults().on(DataflowCall.Kind.GET).nth(2).after(call -> kill());
      case ENDED -> {
        service.faults().on(DataflowCall.Kind.GET).nth(1).after(call -> endJob());
        storage.faults().on().object(".*outcome\\.json").method("GET").before(call -> drop());
      }
    }
  }

  private void kill() throws InterruptedException {
    Process process = running.getAndSet(null);
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Kills the launch before its call has an effect. Calls of later launches are served. */
  private void drop() throws InterruptedException {
    if (running.get() != null) {
      kill();
      throw new InterruptedException("the launch is killed");
    }
  }

  private void endJob() {
    service.jobs().get(0).end(JobState.DONE);
  }

  /** The dead launch's lock is as it would be an hour later. */
  private void letAnHourPass() throws IOException {
    for (String lock : bucket.names("out/answers/.lock.")) {
      Map<String, String> metadata = new TreeMap<>(bucket.metadata(lock));
      metadata.put(
          "attune-until", InstantSource.system().instant().minus(Duration.ofHours(1)).toString());
      bucket.put(lock, bucket.read(lock), metadata);
    }
  }

  private static boolean isInBucket(LaunchPoint point) {
    return IN_BUCKET.contains(point);
  }

  /** Starts {@code attune prepare}, as {@code ./attune} does in that checkout. */
  private Process launch(LaunchPoint point, int checkout, Path directory) throws IOException {
    Path jars = Path.of(CHECKOUTS.get(checkout));
    Path temporary = Files.createDirectories(directory.resolve("tmp"));
    String yaml = "attune.yaml";
    if (checkout == 1 && isInBucket(point)) {
      yaml = "gs://bkt-a/conf/attune.yaml";
    } else {
      Files.writeString(directory.resolve(yaml), config);
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", jars + "/*"));
    command.addAll(List.of("dev.attune.launcher.Main", "prepare", "--runner", "dataflow"));
    command.addAll(List.of("--config", yaml, "--", "--dataflowEndpoint=" + service.url()));
    if (point != LaunchPoint.STAGED) { // there all jars are sent
      Path jar = Files.writeString(directory.resolve("app.jar"), "the classes of workers");
      command.add("--filesToStage=" + jar);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    builder.environment().put(StorageClient.ENDPOINT, storage.url());
    Process process = builder.start();
    running.set(checkout == 0 ? process : null);
    return process;
  }

  private static int exit(Process process) throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("a launch hangs");
    }
    return process.exitValue();
  }

  private String said(String launch) throws IOException {
    Path err = folder.resolve(launch).resolve("err");
    return Files.exists(err) ? Files.readString(err) : "";
  }

  /** What the workers of the one job do before the service answers the call. */
  private void work(Path yaml) throws IOException {
    if (bucket.names("out/answers/").stream().anyMatch(name -> name.endsWith("manifest.json"))) {
      return;
    }
    try {
      JobWorkers.work(yaml, service.jobs().get(0).labels(), PrepareDataset::build);
    } catch (PrepareRefusedException | ConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The hash of each published file whose bytes do not tell when or by whom it was made. */
  private Map<String, String> bytes() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String name : bucket.names("out/answers/")) {
      String file = name.substring(name.lastIndexOf('/') + 1);
      if (List.of("train.jsonl", "valid.jsonl", "lineage.jsonl").contains(file)) {
        all.put(file, Sha256.hex(bucket.read(name)));
      }
    }
    assertThat(all).hasSize(3);
    if (BYTES.isEmpty()) {
      BYTES.putAll(all);
    }
    return all;
  }
}
