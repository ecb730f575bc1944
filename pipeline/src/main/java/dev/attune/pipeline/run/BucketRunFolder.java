package dev.attune.pipeline.run;

import dev.attune.filesystem.FileMode;
import dev.attune.filesystem.UnsafePathException;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.run.lease.RunLease;
import dev.attune.pipeline.write.destination.BucketTarget;
import dev.attune.pipeline.write.destination.DatasetTarget;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a run that publishes in a bucket. Parts are on the disk of this machine if all
 * workers are in this process, and otherwise in a temporary folder of the bucket.
 */
final class BucketRunFolder implements RunFolder {
  private static final String SETTING = "-- --localTempFolder";

  private final BucketTarget target;
  private final RunLease lease;
  private final WorkFolder work;
  private final Place parts;

  private BucketRunFolder(BucketTarget target, RunLease lease, WorkFolder work, Place parts) {
    this.target = target;
    this.lease = lease;
    this.work = work;
    this.parts = parts;
  }

  static BucketRunFolder open(
      ObjectPlace datasets, String runId, Workers workers, PrepareProgress progress)
      throws PrepareRefusedException, IOException {
    WorkFolder work = work(datasets.resolve(runId), workers.disk());
    if (work == null) {
      throw new PrepareRefusedException(Messages.of("pipeline.run.locked", runId, datasets));
    }
    try {
      return locked(work, new LeftOverObjects(datasets, runId), workers.elsewhere(), progress);
    } catch (PlaceException | PrepareRefusedException e) {
      work.close();
      throw e;
    }
  }

  private static BucketRunFolder locked(
      WorkFolder work, LeftOverObjects leftOver, boolean elsewhere, PrepareProgress progress)
      throws PrepareRefusedException, PlaceException {
    String runId = leftOver.runId();
    RunLease lease = RunLease.acquire(leftOver.lock(runId), runId, progress);
    try {
      leftOver.remove(lease.lock());
    } catch (PlaceException e) {
      lease.close();
      throw e;
    }
    return new BucketRunFolder(
        new BucketTarget(leftOver.datasets().resolve(runId), lease.lock()),
        lease,
        work,
        elsewhere ? leftOver.newFolder() : Place.of(work.temporary()));
  }

  /** Returns a folder on the disk; null if another run of this machine has the same target. */
  private static @Nullable WorkFolder work(ObjectPlace target, Path disk)
      throws PrepareRefusedException {
    String id =
        UUID.nameUUIDFromBytes(target.toString().getBytes(StandardCharsets.UTF_8)).toString();
    String user = String.valueOf(System.getProperty("user.name")).replaceAll("[^A-Za-z0-9-]", "_");
    try {
      return WorkFolder.open(
          disk.toAbsolutePath().resolve("attune-" + user), id, FileMode.PRIVATE, SETTING);
    } catch (UnsafePathException e) {
      throw new PrepareRefusedException(e.getMessage(), e);
    }
  }

  @Override
  public DatasetTarget target() {
    return target;
  }

  @Override
  public TemporaryFolder parts() {
    return new TemporaryFolder(parts + "/");
  }

  @Override
  public Path temporary() {
    return work.temporary();
  }

  @Override
  public void requireHeld() throws PrepareRefusedException {
    lease.requireHeld();
  }

  /** The folder on the disk is removed by the next run of this machine. */
  @Override
  public void abandon() {
    try {
      if (parts instanceof ObjectPlace folder) {
        LeftOverObjects.remove(folder);
      }
    } catch (PlaceException e) {
      // The next run removes them.
    } finally {
      lease.close();
    }
  }

  @Override
  public void leave() throws IOException {
    try (work) {
      lease.leave();
    }
  }

  @Override
  public void close() throws IOException {
    try (work) {
      abandon();
    }
  }
}
