package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.run.lease.ShortLeases;
import dev.attune.pipeline.write.destination.PublicationStop;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.StubCall.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several launches that publish one dataset in a bucket. */
@Timeout(120)
class RivalLaunchesTest {
  @TempDir private Path folder;
  private BucketRuns runs;

  @BeforeEach
  void start() throws IOException {
    runs = new BucketRuns(folder);
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  @Test
  void refusesTheSecondOfTwoRunsWhileTheFirstLives() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<PrepareResult> first = runs.stopped("disk", goOn);

    assertThatThrownBy(() -> runs.run("disk"))
        .as("on the same machine")
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "Another attune prepare or attune run is writing run id one in gs:");
    assertThatThrownBy(() -> runs.run("other-disk"))
        .as("on another machine")
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("Another attune prepare or attune run (")
        .hasMessageContaining("is writing run id one and has renewed its lock until ");
    assertThat(runs.waited).hasSize(1);

    goOn.countDown();
    assertThat(first.get(60, TimeUnit.SECONDS).unchanged()).isFalse();
    assertThat(runs.published()).isEqualTo(BucketRuns.DATASET);
    runs.assertNothingElse();
  }

  @Test
  void takesOverTheLockOfADeadLaunchAndSaysWhatItWaitsFor() throws Exception {
    // A clock that is an hour ahead wrote the deadline: what counts is what this process observes.
    runs.bucket.put(
        BucketRuns.RUNS + ".lock.one", new byte[0], ForeignLock.until(Duration.ofHours(1)));
    long start = System.nanoTime();

    assertThat(runs.run("disk").unchanged()).isFalse();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(2));
    assertThat(runs.waited)
        .containsExactly(
            "Run id one is locked by eve on elsewhere since 2026-01-01T00:00:00Z. Watching whether"
                + " that run lives: if it does, this one is refused within 1 seconds, otherwise it"
                + " goes on after at most 2 seconds.");
    runs.assertNothingElse();
  }

  @Test
  void doesNotWaitForALockThatIsLongOver() throws Exception {
    ShortLeases.use(Duration.ofMinutes(10));
    runs.bucket.put(
        BucketRuns.RUNS + ".lock.one", new byte[0], ForeignLock.until(Duration.ofHours(-1)));
    assertThat(runs.run("disk").unchanged()).isFalse();
    assertThat(runs.waited).isEmpty();
    runs.assertNothingElse();
  }

  @Test
  void publishesNothingAfterItsLockWasTakenOver() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<PrepareResult> first = runs.stopped("disk", goOn);
    runs.bucket.put(
        BucketRuns.RUNS + ".lock.one", new byte[0], ForeignLock.until(Duration.ofMinutes(1)));
    // A renewal finds the other owner before the stopped upload goes on.
    CompletableFuture.delayedExecutor(1500, TimeUnit.MILLISECONDS).execute(goOn::countDown);
    assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining(
            "Another launch has taken over the lock gs://bkt-a/out/answers/.lock");
    assertThat(runs.bucket.metadata(BucketRuns.RUNS + ".lock.one"))
        .containsEntry("attune-user", "eve");
    assertThat(runs.bucket.contains(BucketRuns.RUNS + "one/manifest.json")).isFalse();
  }

  @Test
  void releasesItsLockWhenTheProcessIsEnded() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<PrepareResult> first = runs.stopped("disk", goOn);
    try (PublicationStop stop = PublicationStop.begin()) {
      assertThat(stop.published()).isEmpty();
      assertThat(runs.bucket.contains(BucketRuns.RUNS + ".lock.one")).isFalse();
      goOn.countDown();
      assertThatThrownBy(() -> first.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(PrepareRefusedException.class);
    }
    assertThat(runs.bucket.contains(BucketRuns.RUNS + "one/manifest.json")).isFalse();
    assertThat(runs.run("other-disk").unchanged()).isFalse();
  }

  @Test
  void goesOnAfterALauncherThatWasKilled() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    runs.stub
        .faults()
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
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledPublisher.class.getName(),
                runs.config("gs://bkt-a/out").toString(),
                folder.resolve("disk").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("killed.txt").toFile());
    command.environment().put(StorageClient.ENDPOINT, runs.stub.url());
    Process killed = command.start();
    try {
      assertThat(stopped.await(60, TimeUnit.SECONDS))
          .as(Files.readString(folder.resolve("killed.txt")))
          .isTrue();
    } finally {
      killed.destroyForcibly().waitFor();
    }
    assertThat(runs.bucket.contains(BucketRuns.RUNS + ".lock.one")).isTrue();
    assertThat(runs.leftOnDisk("disk")).hasSize(2);

    assertThat(runs.run("disk").unchanged()).isFalse();
    goOn.countDown();
    assertThat(runs.waited).hasSize(1);
    assertThat(runs.published()).isEqualTo(BucketRuns.DATASET);
    runs.assertNothingElse();
    assertThat(runs.leftOnDisk("disk")).containsExactly(".attune.lock");
    assertThat(runs.run("disk").unchanged()).isTrue();
  }
}
