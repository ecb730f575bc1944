package dev.attune.pipeline.write.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.attune.bytes.Sha256;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.StorageClient;
import dev.attune.schema.DatasetManifest.PublishedFile;
import dev.attune.testing.gcs.ServedBucket;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import dev.attune.testing.gcs.StubCall;
import dev.attune.testing.gcs.StubFaults.Rule;
import dev.attune.testing.http.FaultHook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A launch is stopped at every call, another one takes the lock over, and the first one goes on.
 * Whatever happens, a manifest never stands beside files of another launch.
 */
@Timeout(300)
class BucketTargetTest {
  private static final List<String> NAMES = List.of("train.jsonl", "valid.jsonl", "manifest.json");

  @TempDir private Path disk;

  @AutoClose
  private final ServedBucket served =
      ServedBucket.start("bkt-a", StorageClient.ENDPOINT, StorageClient::configure);

  private final StorageStub stub = served.stub();
  private final StubBucket bucket = served.bucket();
  private int folders;

  private enum Result {
    PUBLISHED,
    A_MANIFEST_STANDS,
    LOST
  }

  /** One launch that holds, or has held, the lock of a folder. */
  private record Launch(String content, BucketTarget target, TemporaryFolder from) {
    Result publish(List<String> names) throws IOException {
      try {
        if (target.standing() != null) {
          return Result.A_MANIFEST_STANDS;
        }
        List<PublishedFile> files = new ArrayList<>();
        for (String name : names) {
          files.add(new PublishedFile(name, "", 0, 0));
        }
        // Launches are processes of their own, which do not wait for each other.
        return target.publish(from, files, PublicationStop.Move::run)
            ? Result.PUBLISHED
            : Result.A_MANIFEST_STANDS;
      } catch (LostLockException e) {
        return Result.LOST;
      }
    }

    Result publish() throws IOException {
      return publish(NAMES);
    }
  }

  /** Takes the lock of a folder, over if need be. */
  private Launch launch(String folder, String content) throws IOException {
    ObjectPlace place = new ObjectPlace("bkt-a", folder + "/.lock.one");
    RunLock lock = new RunLock(place, UUID.randomUUID().toString());
    ObjectVersion before = CloudStorage.version(place);
    Map<String, String> owner = Map.of(RunLock.OWNER, lock.owner());
    if (before == null) {
      CloudStorage.write(place, new byte[0], owner, ObjectVersion.NONE);
    } else {
      CloudStorage.replace(place, new byte[0], owner, before);
    }
    return attempt(folder, content, lock);
  }

  private Launch attempt(String folder, String content, RunLock lock) throws IOException {
    Path files = Files.createTempDirectory(disk, "launch");
    for (String name : NAMES) {
      Files.writeString(files.resolve(name), name + " of " + content);
    }
    return new Launch(
        content,
        new BucketTarget(new ObjectPlace("bkt-a", folder + "/one"), lock),
        new TemporaryFolder(files + "/"));
  }

  private static void release(Launch launch) throws IOException {
    RunLock lock = launch.target().lock();
    CloudStorage.delete(lock.place(), lock.requireHeld().generation());
  }

  private String newFolder() {
    return "out-" + ++folders;
  }

  private String content(String folder, String name) throws IOException {
    return new String(bucket.read(folder + "/one/" + name), StandardCharsets.UTF_8);
  }

  /** If there is a manifest, all files are its own. */
  private void assertWhole(String folder, String context) throws IOException {
    if (bucket.contains(folder + "/one/manifest.json")) {
      String content = content(folder, "manifest.json").substring("manifest.json of ".length());
      for (String name : NAMES) {
        assertThat(content(folder, name)).as(context).isEqualTo(name + " of " + content);
      }
    }
  }

  private int calls() throws IOException {
    Launch launch = launch(newFolder(), "a");
    stub.clearCalls();
    assertThat(launch.publish()).isEqualTo(Result.PUBLISHED);
    return (int) stub.count();
  }

  /** What another launch does while the first one is stopped. */
  private interface Meanwhile {
    Result run(String folder, Launch stopped) throws IOException;
  }

  private void stoppedAtEachCall(Meanwhile meanwhile, boolean leftOver, Check check)
      throws IOException {
    int calls = calls();
    for (int call = 1; call <= calls; call++) {
      for (boolean before : new boolean[] {true, false}) {
        String folder = newFolder();
        if (leftOver) {
          bucket.put(folder + "/one/train.jsonl", "left over".getBytes(StandardCharsets.UTF_8));
          bucket.put(folder + "/one/valid.jsonl", "left over".getBytes(StandardCharsets.UTF_8));
        }
        Launch first = launch(folder, "a");
        AtomicReference<Result> other = new AtomicReference<>();
        FaultHook<StubCall> hook = stoppedAt -> other.set(meanwhile.run(folder, first));
        Rule rule = stub.faults().on().nth(call);
        Rule active = before ? rule.before(hook) : rule.after(hook);
        Result result = first.publish();
        active.remove();
        String context = (before ? "before" : "after") + " call " + call + " of " + calls;
        assertWhole(folder, context);
        check.of(folder, Objects.requireNonNull(other.get(), context), result, context);
      }
    }
  }

  /** Looks at how both launches have ended. */
  private interface Check {
    void of(String folder, Result other, Result first, String context) throws IOException;
  }

  private void assertOneOfThem(String folder, Result other, Result first, String context)
      throws IOException {
    boolean firstWon = content(folder, "manifest.json").endsWith(" of a");
    assertThat(other).as(context).isEqualTo(firstWon ? Result.A_MANIFEST_STANDS : Result.PUBLISHED);
    // The reply to the copy may be under way when the lock is taken over.
    assertThat(first == Result.PUBLISHED).as(context).isEqualTo(firstWon);
  }

  @Test
  void changesNothingOfALaunchThatHasTakenOver() throws Exception {
    Meanwhile other =
        (folder, stopped) -> {
          Launch next = launch(folder, "b");
          Result result = next.publish();
          release(next);
          return result;
        };
    stoppedAtEachCall(other, false, this::assertOneOfThem);
    stoppedAtEachCall(other, true, this::assertOneOfThem);
  }

  @Test
  void changesNothingWhileALaunchThatHasTakenOverIsStillAtWork() throws Exception {
    stoppedAtEachCall(
        (folder, stopped) -> launch(folder, "b").publish(List.of("train.jsonl")),
        true,
        (folder, other, first, context) -> {
          boolean stands = bucket.contains(folder + "/one/manifest.json");
          assertThat(first).as(context).isEqualTo(stands ? Result.PUBLISHED : Result.LOST);
        });
  }

  @Test
  void publishesNothingIntoTheFolderOfARefusedLaunch() throws Exception {
    stoppedAtEachCall(
        (folder, stopped) -> {
          Launch next = launch(folder, "b");
          Result result = next.publish(List.of("train.jsonl", "valid.jsonl"));
          release(next);
          return result;
        },
        false,
        (folder, other, first, context) -> {
          if (other == Result.PUBLISHED) {
            assertThat(first).as(context).isEqualTo(Result.LOST);
            assertThat(bucket.contains(folder + "/one/manifest.json")).as(context).isFalse();
            assertThat(content(folder, "train.jsonl")).as(context).endsWith(" of b");
          }
        });
  }

  @Test
  void agreesWithAnotherAttemptOfItsOwnLaunch() throws Exception {
    stoppedAtEachCall(
        (folder, stopped) -> attempt(folder, "a", stopped.target().lock()).publish(),
        false,
        (folder, other, first, context) -> {
          assertThat(List.of(other, first)).as(context).doesNotContain(Result.LOST);
          StandingManifest manifest = attempt(folder, "a", ownerIn(folder)).target().standing();
          assertThat(manifest != null && manifest.own()).as(context).isTrue();
        });
  }

  private RunLock ownerIn(String folder) {
    String owner =
        String.valueOf(bucket.metadata(folder + "/one/manifest.json").get(RunLock.OWNER));
    return new RunLock(new ObjectPlace("bkt-a", folder + "/.lock.one"), owner);
  }

  /** The first launch is stopped, the second one is stopped, the first goes on, then the second. */
  @Test
  void changesNothingOfALaunchThatIsStoppedAsWell() throws Exception {
    int calls = calls();
    for (int first = 2; first <= calls; first++) {
      for (int second = 1 + first % 3; second <= calls; second += 3) {
        twoStopped(first, second);
      }
    }
  }

  private void twoStopped(int firstStop, int secondStop) throws Exception {
    String context = "first at call " + firstStop + ", second at call " + secondStop;
    String folder = newFolder();
    Launch first = launch(folder, "a");
    CountDownLatch firstEnded = new CountDownLatch(1);
    AtomicReference<CompletableFuture<Result>> second = new AtomicReference<>();
    FaultHook<StubCall> hook =
        stopped -> {
          Launch next = launch(folder, "b");
          CountDownLatch secondStopped = new CountDownLatch(1);
          Rule wait = stub.faults().on().nth(secondStop);
          wait.before(
              call -> {
                secondStopped.countDown();
                firstEnded.await(20, TimeUnit.SECONDS);
              });
          second.set(CompletableFuture.supplyAsync(() -> publishUnchecked(next)));
          assertThat(secondStopped.await(20, TimeUnit.SECONDS)).as(context).isTrue();
        };
    Rule rule = stub.faults().on().nth(firstStop).before(hook);
    Result result = first.publish();
    firstEnded.countDown();
    Result other = Objects.requireNonNull(second.get(), context).get(20, TimeUnit.SECONDS);
    rule.remove();
    stub.faults().clear();
    assertWhole(folder, context);
    assertOneOfThem(folder, other, result, context);
    assertThat(result).as(context).isEqualTo(Result.LOST);
  }

  private static Result publishUnchecked(Launch launch) {
    try {
      return launch.publish();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void publishesWhereAnyReplyIsLostOrAnyCallFailsForAMoment() throws Exception {
    int calls = calls();
    for (int call = 1; call <= calls; call++) {
      for (boolean lost : new boolean[] {true, false}) {
        String folder = newFolder();
        Launch launch = launch(folder, "a");
        Rule rule = stub.faults().on().nth(call);
        Rule active = lost ? rule.loseReply() : rule.fail(503);
        String context = (lost ? "lost reply" : "503") + " at call " + call;
        assertThat(launch.publish()).as(context).isEqualTo(Result.PUBLISHED);
        active.remove();
        assertWhole(folder, context);
        assertThat(bucket.contains(folder + "/one/manifest.json")).as(context).isTrue();
      }
    }
  }

  @Test
  void copiesPartsThatAreInTheBucketAndComparesWhatStands() throws Exception {
    String folder = newFolder();
    Launch launch = launch(folder, "a");
    TemporaryFolder parts = new TemporaryFolder("gs://bkt-a/" + folder + "/.tmp.one.x/");
    for (String name : NAMES) {
      parts.replace(name, (name + " of a").getBytes(StandardCharsets.UTF_8));
    }
    stub.clearCalls();
    assertThat(new Launch("a", launch.target(), parts).publish()).isEqualTo(Result.PUBLISHED);
    assertWhole(folder, "copied");
    byte[] train = bucket.read(folder + "/one/train.jsonl");
    String hash = Sha256.hex(train);
    BucketTarget target = launch.target();
    assertThat(target.has(new PublishedFile("train.jsonl", hash, train.length, 1))).isTrue();
    assertThat(target.has(new PublishedFile("train.jsonl", hash, 1, 1))).isFalse();
    assertThat(target.has(new PublishedFile("valid.jsonl", hash, train.length, 1))).isFalse();
    assertThat(target.has(new PublishedFile("none.jsonl", hash, train.length, 1))).isFalse();
  }
}
