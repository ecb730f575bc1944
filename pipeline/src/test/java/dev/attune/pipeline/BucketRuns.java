package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.config.ConfigLoader;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.run.lease.ShortLeases;
import dev.attune.place.StorageClient;
import dev.attune.testing.gcs.ServedBucket;
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
import java.util.concurrent.TimeUnit;

/** Runs that publish a dataset in a bucket of a stub, with short leases. */
final class BucketRuns implements AutoCloseable {
  static final List<String> DATASET =
      List.of(
          "lineage.jsonl",
          "manifest.json",
          "rejected.jsonl",
          "report.html",
          "train.jsonl",
          "valid.jsonl");

  /** The folder of all runs, with a slash. */
  static final String RUNS = "out/answers/";

  private final ServedBucket served =
      ServedBucket.start("bkt-a", StorageClient.ENDPOINT, StorageClient::configure);

  final StorageStub stub = served.stub();
  final StubBucket bucket = served.bucket();

  /** What runs said that they wait for. */
  final List<String> waited = new ArrayList<>();

  private final Path folder;

  BucketRuns(Path folder) throws IOException {
    this.folder = folder;
    ShortLeases.use(Duration.ofSeconds(2));
    input(12);
  }

  @Override
  public void close() {
    ShortLeases.reset();
    served.close();
  }

  void input(int records) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < records; i++) {
      lines.append(
          "{\"id\":%d,\"prompt\":\"Ask %d\",\"response\":\"Say %d\"}\n".formatted(i, i, i));
    }
    lines.append("{\"id\":\"empty\",\"prompt\":\" \",\"response\":\"none\"}\n");
    Prepare.write(folder.resolve("samples.jsonl"), lines.toString());
  }

  Path config(String output) throws IOException {
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

  PrepareResult run(PrepareRunner runner, String disk) throws Exception {
    return run(config("gs://bkt-a/out"), runner, folder.resolve(disk), progress());
  }

  PrepareResult run(String disk) throws Exception {
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

  List<String> published() {
    return bucket.names(RUNS + "one/").stream()
        .map(name -> name.substring((RUNS + "one/").length()))
        .toList();
  }

  void assertNothingElse(String... names) {
    assertThat(bucket.names("").stream().filter(name -> !name.startsWith(RUNS + "one/")).toList())
        .containsExactlyInAnyOrder(names);
  }

  List<String> leftOnDisk(String disk) throws IOException {
    return Prepare.names(folder.resolve(disk).resolve(user()));
  }

  private static String user() {
    return "attune-" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9-]", "_");
  }

  /** Stops a run at its first upload, until the latch is opened. */
  CompletableFuture<PrepareResult> stopped(String disk, CountDownLatch goOn) throws Exception {
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
}
