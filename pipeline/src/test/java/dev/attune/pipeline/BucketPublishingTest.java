package dev.attune.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that are published in a bucket. */
@Timeout(120)
class BucketPublishingTest {
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

  private void assertIsTheDatasetOf(Path local) throws IOException {
    assertThat(runs.published()).isEqualTo(BucketRuns.DATASET);
    for (String name : BucketRuns.DATASET) {
      if (!name.equals("manifest.json")) {
        assertThat(runs.bucket.read(BucketRuns.RUNS + "one/" + name))
            .as(name)
            .isEqualTo(Files.readAllBytes(local.resolve(name)));
      }
    }
  }

  @Test
  void publishesTheBytesOfAFolderWithEveryRunner() throws Exception {
    PrepareResult local =
        BucketRuns.run(
            runs.config("out"), PrepareRunner.LOCAL, folder.resolve("disk"), PrepareProgress.NONE);
    for (PrepareRunner runner :
        List.of(PrepareRunner.LOCAL, PrepareRunner.DIRECT, PrepareRunner.FLINK)) {
      PrepareResult result = runs.run(runner, "disk");
      assertThat(result.unchanged()).isFalse();
      assertThat(result.directory()).hasToString("gs://bkt-a/out/answers/one");
      assertThat(result.summary().fingerprint()).isEqualTo(local.summary().fingerprint());
      assertIsTheDatasetOf(local.directory().local());
      runs.assertNothingElse();
      assertThat(runs.run(runner, "disk").unchanged()).isTrue();
      for (String name : runs.bucket.names("")) {
        runs.bucket.delete(name);
      }
    }
    assertThat(runs.leftOnDisk("disk")).containsExactly(".attune.lock");
  }

  @Test
  void refusesAnotherDatasetAndAChangedFile() throws Exception {
    runs.run("disk");
    runs.input(13);
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("gs://bkt-a/out/answers/one/ holds another dataset (sha256:");
    runs.input(12);
    runs.bucket.put(BucketRuns.RUNS + "one/lineage.jsonl", new byte[] {1});
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "gs://bkt-a/out/answers/one/ holds this dataset, but its lineage.jsonl is missing or");
    runs.bucket.put(BucketRuns.RUNS + "one/manifest.json", new byte[] {1});
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("manifest.json is not a readable manifest");
    runs.assertNothingElse();
  }

  @Test
  void keepsWhatARefusedRunRejected() throws Exception {
    Prepare.write(folder.resolve("samples.jsonl"), "{\"id\":1,\"prompt\":\" \"}\n");
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageContaining("rejected.jsonl and report.html in gs://bkt-a/out/answers/one/");
    assertThat(runs.published()).containsExactly("rejected.jsonl", "report.html");
    runs.assertNothingElse();

    runs.input(12);
    assertThat(runs.run("disk").unchanged()).isFalse();
    assertThat(runs.published()).isEqualTo(BucketRuns.DATASET);
  }

  @Test
  void removesWhatDeadLaunchesLeftAndNothingOfLivingOnes() throws Exception {
    runs.bucket.put(BucketRuns.RUNS + ".tmp.one.1234/lines-1", new byte[] {1});
    runs.bucket.put(BucketRuns.RUNS + ".tmp.ended.1234/lines-1", new byte[] {1});
    runs.bucket.put(BucketRuns.RUNS + ".tmp.forgotten.1234/lines-1", new byte[] {1});
    runs.bucket.put(
        BucketRuns.RUNS + ".lock.forgotten", new byte[0], ForeignLock.until(Duration.ofDays(-2)));
    runs.bucket.put(BucketRuns.RUNS + ".tmp.living.1234/lines-1", new byte[] {1});
    runs.bucket.put(
        BucketRuns.RUNS + ".lock.living", new byte[0], ForeignLock.until(Duration.ofMinutes(-2)));
    runs.run("disk");
    runs.assertNothingElse(
        BucketRuns.RUNS + ".tmp.living.1234/lines-1",
        BucketRuns.RUNS + ".lock.living",
        BucketRuns.RUNS + ".lock.forgotten");
  }

  @Test
  void refusesABucketThatRetainsItsObjectsBeforeAnythingIsRun() throws Exception {
    runs.bucket.retention(Duration.ofDays(1));
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith("The bucket bkt-a keeps objects for a time in which they cannot");
    assertThat(runs.bucket.names("")).isEmpty();

    runs.bucket.deny("storage.buckets.get");
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "The bucket bkt-a of gs://bkt-a/out/answers/.lock.one keeps objects");
    assertThat(runs.published()).isEmpty();
  }

  @Test
  void refusesAMissingBucketBeforeTheSourcesAreRead() throws Exception {
    Files.delete(folder.resolve("samples.jsonl"));
    Path yaml = runs.config("gs://no-such-bucket/out");
    assertThatThrownBy(
            () -> BucketRuns.run(yaml, PrepareRunner.LOCAL, folder, PrepareProgress.NONE))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "The bucket no-such-bucket of gs://no-such-bucket/out does not exist (");
  }

  @Test
  void publishesBelowTheNameOfAnObject() throws Exception {
    runs.bucket.put("out", new byte[] {1});
    runs.run("disk");
    assertThat(runs.published()).isEqualTo(BucketRuns.DATASET);
    assertThat(runs.bucket.read("out")).containsExactly(1);
  }

  @Test
  void saysWhatTheAccountMayNot() throws Exception {
    runs.bucket.deny("storage.objects.create");
    assertThatThrownBy(() -> runs.run("disk"))
        .isInstanceOf(PrepareRefusedException.class)
        .hasMessageStartingWith(
            "Cloud Storage denies this account to read or write gs://bkt-a/out");
  }
}
