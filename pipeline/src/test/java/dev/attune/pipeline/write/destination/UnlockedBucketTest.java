package dev.attune.pipeline.write.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.StorageClient;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import dev.attune.testing.gcs.StubFaults;
import dev.attune.testing.http.CallHold;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A template's job publishes while launches that hold the lock come and go. */
@Timeout(120)
class UnlockedBucketTest {
  private static final List<PublishedFile> FILES =
      List.of(
          new PublishedFile("train.jsonl", "", 0, 0),
          new PublishedFile("valid.jsonl", "", 0, 0),
          new PublishedFile("manifest.json", "", 0, 0));

  @TempDir private Path disk;

  @AutoClose
  private final ServedBucket served =
      ServedBucket.start("bkt-a", StorageClient.ENDPOINT, StorageClient::configure);

  private final StorageStub stub = served.stub();
  private final StubBucket bucket = served.bucket();

  private static BucketTarget target(String folder, String owner) {
    return new BucketTarget(
        new ObjectPlace("bkt-a", folder + "/one"),
        new RunLock(new ObjectPlace("bkt-a", folder + "/.lock.one"), owner));
  }

  private TemporaryFolder files(String content) throws IOException {
    Path files = Files.createTempDirectory(disk, "files");
    for (PublishedFile file : FILES) {
      Files.writeString(files.resolve(file.name()), content);
    }
    return new TemporaryFolder(files + "/");
  }

  /** Returns whether the job has published. */
  private boolean job(String folder) throws IOException {
    try {
      return new UnlockedBucket(target(folder, "job")).publish(files("job"), FILES);
    } catch (LostLockException e) {
      return false;
    }
  }

  /** Takes the lock, over if need be, publishes unless a manifest stands, and gives it back. */
  private void launch(String folder) throws IOException {
    BucketTarget target = target(folder, "launch");
    ObjectPlace lock = target.lock().place();
    Map<String, String> owner = Map.of(RunLock.OWNER, "launch");
    ObjectVersion before = CloudStorage.version(lock);
    if (before == null) {
      CloudStorage.write(lock, new byte[0], owner, ObjectVersion.NONE);
    } else {
      CloudStorage.replace(lock, new byte[0], owner, before);
    }
    if (target.standing() == null) {
      // The job may be stopped in its last step, which it does not share with other processes.
      target.publish(files("launch"), FILES, PublicationStop.Move::run);
    }
    CloudStorage.delete(lock, target.lock().requireHeld().generation());
  }

  private List<String> contents(String folder) throws IOException {
    return List.of(
        read(folder, "train.jsonl"), read(folder, "valid.jsonl"), read(folder, "manifest.json"));
  }

  private String read(String folder, String name) throws IOException {
    return new String(bucket.read(folder + "/one/" + name), StandardCharsets.UTF_8);
  }

  @Test
  void publishesAndLeavesNoLock() throws IOException {
    assertThat(job("out")).isTrue();
    assertThat(contents("out")).containsOnly("job");
    assertThat(bucket.names("out/")).noneMatch(name -> name.contains("lock"));
    assertThat(job("out")).isFalse();
  }

  @Test
  void isNeverMixedWithALaunchThatCameAndWent() throws Exception {
    StubFaults.Rule every = stub.faults().on().after(call -> {});
    job("counted");
    int calls = every.matches();
    stub.faults().clear();
    assertThat(calls).isBetween(8, 60);
    for (int stop = 1; stop <= calls; stop++) {
      String folder = "out-" + stop;
      CallHold hold = stub.faults().on().nth(stop).holdBefore();
      FutureTask<Boolean> first = new FutureTask<>(() -> job(folder));
      new Thread(first).start();
      hold.awaitCall(Duration.ofSeconds(20));

      launch(folder);

      hold.release();
      boolean published = first.get(20, TimeUnit.SECONDS);
      stub.faults().clear();
      String context = "stopped before call " + stop;
      assertThat(contents(folder)).as(context).containsOnly(published ? "job" : "launch");
      assertThat(bucket.names(folder + "/")).as(context).noneMatch(name -> name.contains("lock"));
    }
  }
}
