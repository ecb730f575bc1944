package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.run.lease.ShortLeases;
import dev.attune.pipeline.write.destination.PublicationStop;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import dev.attune.testing.gcs.StubCall.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that are published in a bucket, and several launches that publish one. */
@Timeout(120)
class BucketPublishingTest {
  private static final List<String> DATASET =
      List.of(
          "lineage.jsonl",
          "manifest.json",
          "rejected.jsonl",
          "report.html",
          "train.jsonl",
          "valid.jsonl");

  private static final String RUNS = "out/answers/";

  @TempDir private Path folder;
  private StorageStub stub;
  private StubBucket bucket;
  private final List<String> waited = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    stub = StorageStub.inMemory("bkt-a");
    bucket = stub.bucket("bkt-a");
    StorageClient.configure(Map.of(StorageClient.ENDPOINT, stub.url()));
    ShortLeases.use(Duration.ofSeconds(2));
    input(12);
  }

  @AfterEach
  void stop() {
    ShortLeases.reset();
    StorageClient.configure(Map.of());
    stub.close();
  }

  private void input(int records) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      lines.append(
          "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n".formatted(i, i, i));
    }
    lines.append("{\"id\":\"empty\",\"prompt\":\" \",\"response\":\"none\"}\n");
    Prepare.write(folder.resolve("samples.jsonl"), lines.toString());
  }

  private Path config(String output) throws IOException {
    return Prepare.write(
        folder.resolve("attune.yaml"),
        """
        dataset: answers
        task: conversation
        sources: {generated: {files: [samples.jsonl]}}
        quality: {minimum: 0}
        limits: {rejectedFraction: 0.5}
        output: {directory: "%s"}
        """
            .formatted(output));
  }

  private PrepareResult run(PrepareRunner runner, String disk) throws Exception {
    return run(config("gs://bkt-a/out"), runner, folder.resolve(disk), progress());
  }

  private PrepareResult run(String disk) throws Exception {
    return run(PrepareRunner.LOCAL, disk);
  }

  static PrepareResult run(Path yaml, PrepareRunner runner, Path disk, PrepareProgress progress)
      throws Exception {
    Files.createDirectories(disk);
    return PrepareDataset.run(
        new PrepareRequest(
            ConfigLoader.load(yaml),
            "one",
            null,
            Map.of(),
            runner,
            List.of("--localTempFolder=" + disk),
            null),
        progress);
  }

  private PrepareProgress progress() {
    return new PrepareProgress() {
      @Override
      public void waiting(String sentence) {
        waited.add(sentence);
      }

      @Override
      public void at(PrepareStage stage, long done, long total) {}
    };
  }

  private List<String> published() {
    return bucket.names(RUNS + "one/").stream()
        .map(name -> name.substring((RUNS + "one/").length()))
        .toList();
  }

  private void assertNothingElse(String... names) {
    assertThat(bucket.names("").stream().filter(name -> !name.startsWith(RUNS + "one/")).toList())
        .containsExactlyInAnyOrder(names);
  }

  private void assertIsTheDatasetOf(Path local) throws IOException {
    assertThat(published()).isEqualTo(DATASET);
    for (String name : DATASET) {
      if (!name.equals("manifest.json")) {
        assertThat(bucket.read(RUNS + "one/" + name))
            .as(name)
            .isEqualTo(Files.readAllBytes(local.resolve(name)));
      }
    }
  }

  @Test
  void publishesTheBytesOfAFolderWithEveryRunner() throws Exception {
    PrepareResult local =
        run(config("out"), PrepareRunner.LOCAL, folder.resolve("disk"), PrepareProgress.NONE);
    for (PrepareRunner runner :
        List.of(PrepareRunner.LOCAL, PrepareRunner.DIRECT, PrepareRunner.FLINK)) {
      PrepareResult result = run(runner, "disk");
      assertThat(result.unchanged()).isFalse();
      assertThat(result.directory()).hasToString("gs://bkt-a/out/answers/one");
      assertThat(result.summary().fingerprint()).isEqualTo(local.summary().fingerprint());
      assertIsTheDatasetOf(local.directory().local());
      assertNothingElse();
      assertThat(run(runner, "disk").unchanged()).isTrue();
      for (String name : bucket.names("")) {
        bucket.delete(name);
      }
    }
    assertThat(leftOnDisk("disk")).containsExactly(".attune.lock");
  }

  private List<String> leftOnDisk(String disk) throws IOException {
    return Prepare.names(folder.resolve(disk).resolve(user()));
  }

  private static String user() {
    return "attune-" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9-]", "_");
  }

  @Test
  void refusesAnotherDatasetAndAChangedFile() throws Exception {
    run("disk");
    input(13);
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("gs://bkt-a/out/answers/one/ holds another dataset (sha256:");
    input(12);
    bucket.put(RUNS + "one/lineage.jsonl", new byte[] {1});
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "gs://bkt-a/out/answers/one/ holds this dataset, but its lineage.jsonl is missing or");
    bucket.put(RUNS + "one/manifest.json", new byte[] {1});
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("manifest.json is not a readable manifest");
    assertNothingElse();
  }

  @Test
  void keepsWhatARefusedRunRejected() throws Exception {
    Prepare.write(folder.resolve("samples.jsonl"), "{\"id\":1,\"prompt\":\" \"}\n");
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("rejected.jsonl and report.html in gs://bkt-a/out/answers/one/");
    assertThat(published()).containsExactly("rejected.jsonl", "report.html");
    assertNothingElse();

    input(12);
    assertThat(run("disk").unchanged()).isFalse();
    assertThat(published()).isEqualTo(DATASET);
  }

  /** Stops a run at its first upload, until the latch is opened. */
  private CompletableFuture<PrepareResult> stopped(String disk, CountDownLatch goOn)
      throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    stub.faults()
        .on(Kind.START_UPLOAD)
        .object(".*/train.jsonl")
        .nth(1)
        .before(
            call -> {
              stopped.countDown();
              goOn.await(60, TimeUnit.SECONDS);
            });
    CompletableFuture<PrepareResult> run =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return run(disk);
              } catch (Exception e) {
                throw new CompletionException(e);
              }
            });
    assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
    return run;
  }

  @Test
  void refusesTheSecondOfTwoRunsWhileTheFirstLives() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<PrepareResult> first = stopped("disk", goOn);

    assertThatThrownBy(() -> run("disk"))
        .as("on the same machine")
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "Another attune prepare or attune run is writing run id one in gs:");
    assertThatThrownBy(() -> run("other-disk"))
        .as("on another machine")
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("Another attune prepare or attune run (")
        .hasMessageContaining("is writing run id one and has renewed its lock until ");
    assertThat(waited).hasSize(1);

    goOn.countDown();
    assertThat(first.get(60, TimeUnit.SECONDS).unchanged()).isFalse();
    assertThat(published()).isEqualTo(DATASET);
    assertNothingElse();
  }

  @Test
  void takesOverTheLockOfADeadLaunchAndSaysWhatItWaitsFor() throws Exception {
    // A clock that is an hour ahead wrote the deadline: what counts is what this process observes.
    bucket.put(RUNS + ".lock.one", new byte[0], ForeignLock.until(Duration.ofHours(1)));
    long start = System.nanoTime();

    assertThat(run("disk").unchanged()).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
    assertThat(waited)
        .containsExactly(
            "Run id one is locked by eve on elsewhere since 2026-01-01T00:00:00Z. Watching whether"
                + " that run lives: if it does, this one is refused within 1 seconds, otherwise it"
                + " goes on after at most 2 seconds.");
    assertNothingElse();
  }

  @Test
  void doesNotWaitForALockThatIsLongOver() throws Exception {
    ShortLeases.use(Duration.ofMinutes(10));
    bucket.put(RUNS + ".lock.one", new byte[0], ForeignLock.until(Duration.ofHours(-1)));
    assertThat(run("disk").unchanged()).isFalse();
    assertThat(waited).isEmpty();
    assertNothingElse();
  }

  @Test
  void publishesNothingAfterItsLockWasTakenOver() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<PrepareResult> first = stopped("disk", goOn);
    bucket.put(RUNS + ".lock.one", new byte[0], ForeignLock.until(Duration.ofMinutes(1)));
    // A renewal finds the other owner before the stopped upload goes on.
    CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(goOn::countDown);
    assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining(
            "Another launch has taken over the lock gs://bkt-a/out/answers/.lock");
    assertThat(bucket.metadata(RUNS + ".lock.one")).containsEntry("attune-user", "eve");
    assertThat(bucket.contains(RUNS + "one/manifest.json")).isFalse();
  }

  @Test
  void releasesItsLockWhenTheProcessIsEnded() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<PrepareResult> first = stopped("disk", goOn);
    try (PublicationStop stop = PublicationStop.begin()) {
      assertThat(stop.published()).isEmpty();
      assertThat(bucket.contains(RUNS + ".lock.one")).isFalse();
      goOn.countDown();
      assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(PrepareRefusedException.class);
    }
    assertThat(bucket.contains(RUNS + "one/manifest.json")).isFalse();
    assertThat(run("other-disk").unchanged()).isFalse();
  }

  @Test
  void removesWhatDeadLaunchesLeftAndNothingOfLivingOnes() throws Exception {
    bucket.put(RUNS + ".tmp.one.1234/lines-1", new byte[] {1});
    bucket.put(RUNS + ".tmp.ended.1234/lines-1", new byte[] {1});
    bucket.put(RUNS + ".tmp.forgotten.1234/lines-1", new byte[] {1});
    bucket.put(RUNS + ".lock.forgotten", new byte[0], ForeignLock.until(Duration.ofDays(-2)));
    bucket.put(RUNS + ".tmp.living.1234/lines-1", new byte[] {1});
    bucket.put(RUNS + ".lock.living", new byte[0], ForeignLock.until(Duration.ofMinutes(-2)));
    run("disk");
    assertNothingElse(
        RUNS + ".tmp.living.1234/lines-1", RUNS + ".lock.living", RUNS + ".lock.forgotten");
  }

  @Test
  void refusesABucketThatRetainsItsObjectsBeforeAnythingIsRun() throws Exception {
    bucket.retention(Duration.ofDays(1));
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("The bucket bkt-a keeps objects for a time in which they cannot");
    assertThat(bucket.names("")).isEmpty();

    bucket.deny("storage.buckets.get");
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("The bucket of gs://bkt-a/out/answers/.lock.one keeps objects");
    assertThat(published()).isEmpty();
  }

  @Test
  void saysWhatTheAccountMayNot() throws Exception {
    bucket.deny("storage.objects.create");
    assertThatThrownBy(() -> run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "Cloud Storage denies this account to read or write gs://bkt-a/out");
  }

  @Test
  void goesOnAfterALauncherThatWasKilled() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    stub.faults()
        .on(Kind.START_UPLOAD)
        .object(".*/valid.jsonl")
        .nth(1)
        .before(
            call -> {
              stopped.countDown();
              goOn.await(60, TimeUnit.SECONDS);
            });
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledPublisher.class.getName(),
                config("gs://bkt-a/out").toString(),
                folder.resolve("disk").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.txt").toFile());
    command.environment().put(StorageClient.ENDPOINT, stub.url());
    Process killed = command.start();
    try {
      assertThat(stopped.await(60, TimeUnit.SECONDS))
          .as(Files.readString(folder.resolve("killed.txt")))
          .isTrue();
    } finally {
      killed.destroyForcibly().waitFor();
    }
    assertThat(bucket.contains(RUNS + ".lock.one")).isTrue();
    assertThat(leftOnDisk("disk")).hasSize(2);

    assertThat(run("disk").unchanged()).isFalse();
    goOn.countDown();
    assertThat(waited).hasSize(1);
    assertThat(published()).isEqualTo(DATASET);
    assertNothingElse();
    assertThat(leftOnDisk("disk")).containsExactly(".attune.lock");
    assertThat(run("disk").unchanged()).isTrue();
  }
}
