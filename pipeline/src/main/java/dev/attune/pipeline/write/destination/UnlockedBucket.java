package dev.attune.pipeline.write.destination;

import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest.PublishedFile;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of a bucket in which a job publishes that no launcher holds a lock for. The lock is
 * taken when the files are finished, and removed when they are published; after a failure it stays
 * for the next attempt. Nothing renews it, so another launch takes it over if this takes longer
 * than a lease, and this job then publishes nothing.
 *
 * <p>A worker that was stopped before it took the lock, and goes on after another launch has
 * published and removed its own, finds the manifest of that launch when it has the lock.
 *
 * @param target whose lock does not stand
 */
public record UnlockedBucket(BucketTarget target) implements DatasetTarget {
  private static final byte[] CONTENT = {};

  /** As long as the lease of a launch, but it is not renewed. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  @Override
  public ObjectPlace folder() {
    return target.folder();
  }

  @Override
  public @Nullable StandingManifest standing() throws IOException {
    return target.standing();
  }

  @Override
  public boolean has(PublishedFile file) throws IOException {
    return target.has(file);
  }

  @Override
  public boolean publish(TemporaryFolder from, List<PublishedFile> files) throws IOException {
    try {
      takeLock();
      boolean published = target.standing() == null && target.publish(from, files);
      removeLock();
      return published;
    } catch (LostLockException e) {
      StandingManifest standing = target.standing();
      if (standing != null && standing.own()) {
        return false; // another attempt of this job has published, and removed the lock
      }
      throw e;
    }
  }

  /** Does nothing if another attempt of this job has taken it. */
  private void takeLock() throws PlaceException {
    RunLock lock = target.lock();
    if (CloudStorage.version(lock.place()) == null) {
      String until = InstantSource.system().instant().plus(LEASE).toString();
      Map<String, String> note = Map.of(RunLock.OWNER, lock.owner(), RunLock.UNTIL, until);
      try {
        CloudStorage.write(lock.place(), CONTENT, note, ObjectVersion.NONE);
      } catch (ChangedObjectException e) {
        lock.requireHeld(); // somebody was faster: another attempt, or another launch
      }
    }
    lock.requireHeld();
  }

  private void removeLock() throws PlaceException {
    RunLock lock = target.lock();
    ObjectVersion standing = CloudStorage.version(lock.place());
    if (standing != null && lock.isOwn(standing)) {
      try {
        CloudStorage.delete(lock.place(), standing.generation());
      } catch (ChangedObjectException e) {
        return; // another attempt publishes
      }
    }
  }
}
