package dev.attune.pipeline.run.lease;

import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.write.destination.LostLockException;
import dev.attune.pipeline.write.destination.RunLock;
import dev.attune.place.ChangedObjectException;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.PlaceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a run id in a bucket, taken by this process and renewed by a thread until it is
 * closed. Renewing replaces the metadata of the object only, so the lock's generation stays.
 */
public final class RunLease implements AutoCloseable {
  private static final byte[] CONTENT =
      "A run of attune prepare holds this lock. See docs/storage.md.\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static final Duration LONG_AGO = Duration.ofDays(1);
  private static final long LONGEST_END_MILLIS = 5_000;

  private final RunLock lock;
  private final LeaseTimes times;
  private final Thread renewing;
  private LockNote note;
  private ObjectVersion held;
  private volatile @Nullable LostLockException lost;
  private boolean closed;

  private RunLease(RunLock lock, LeaseTimes times, LockNote note, ObjectVersion held) {
    this.lock = lock;
    this.times = times;
    this.note = note;
    this.held = held;
    this.renewing = new Thread(this::renewUntilClosed, "attune-renews-the-lock");
    renewing.setDaemon(true);
  }

  /**
   * Takes the lock of a run id. If another launch has it, watches whether it renews it: then this
   * run is refused, otherwise the lock is taken over when its time is over.
   *
   * @param place of the lock object
   * @param runId for messages
   * @param progress is told what is waited for
   * @throws PrepareRefusedException if the run id is locked by a launch that lives
   * @throws PlaceException if the place cannot be written, or its bucket retains objects
   */
  public static RunLease acquire(ObjectPlace place, String runId, PrepareProgress progress)
      throws PrepareRefusedException, PlaceException {
    LeaseTimes times = LeaseTimes.current();
    RunLock lock = new RunLock(place, UUID.randomUUID().toString());
    Boolean retains = CloudStorage.retainsObjects(place);
    if (Boolean.TRUE.equals(retains)) {
      throw new PlaceException(Messages.of("pipeline.lock.retention", place.bucket()));
    }
    LockWatch watch = new LockWatch(times);
    while (true) {
      ObjectVersion standing = CloudStorage.version(place);
      LockNote note = LockNote.ofThisProcess(times.lease());
      try {
        ObjectVersion held = null;
        if (standing == null) {
          held = CloudStorage.write(place, CONTENT, note.metadata(lock), ObjectVersion.NONE);
        } else if (isDead(standing, watch, runId, progress)) {
          held = CloudStorage.replace(place, CONTENT, note.metadata(lock), standing);
        }
        if (held != null) {
          return new RunLease(lock, times, note, replaceable(lock, held, retains)).started();
        }
      } catch (ChangedObjectException e) {
        continue; // another launch was faster; it is looked at now
      }
      pause(times.poll());
    }
  }

  /**
   * Returns whether a launch may hold a lock: its object stands there, and its time was not over a
   * day ago.
   */
  public static boolean isInUse(ObjectPlace lock) throws PlaceException {
    ObjectVersion standing = CloudStorage.version(lock);
    return standing != null && LockNote.of(standing).overdue().compareTo(LONG_AGO) < 0;
  }

  /** Returns whether the owner of a lock is dead; false if it is not known yet. */
  private static boolean isDead(
      ObjectVersion standing, LockWatch watch, String runId, PrepareProgress progress)
      throws PrepareRefusedException {
    boolean first = !watch.hasBegun();
    LockWatch.Finding finding = watch.look(standing);
    LockNote note = LockNote.of(standing);
    if (finding == LockWatch.Finding.ALIVE) {
      throw new PrepareRefusedException(
          Messages.of(
              "pipeline.lock.live", runId, note.user(), note.host(), note.since(), note.until()));
    }
    if (finding == LockWatch.Finding.UNKNOWN && first) {
      LeaseTimes times = LeaseTimes.current();
      progress.waiting(
          Messages.of(
              "pipeline.lock.waiting",
              runId,
              note.user(),
              note.host(),
              note.since(),
              times.watch().toSeconds(),
              times.lease().toSeconds()));
    }
    return finding == LockWatch.Finding.DEAD;
  }

  /** Finds out before anything is run whether the bucket lets its objects be replaced. */
  private static ObjectVersion replaceable(
      RunLock lock, ObjectVersion held, @Nullable Boolean retains) throws PlaceException {
    return retains == null
        ? CloudStorage.write(lock.place(), CONTENT, held.metadata(), held.generation())
        : held;
  }

  private RunLease started() {
    renewing.start();
    return this;
  }

  /** Returns the lock as workers need it. */
  public RunLock lock() {
    return lock;
  }

  /**
   * Checks that no renewal has found the lock with another launch.
   *
   * @throws PrepareRefusedException if one has
   */
  public void requireHeld() throws PrepareRefusedException {
    LostLockException loss = lost;
    if (loss != null) {
      throw new PrepareRefusedException(loss.sentence(), loss);
    }
  }

  private void renewUntilClosed() {
    try {
      while (lost == null && isOpenAtNextRenewal()) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isOpenAtNextRenewal() throws InterruptedException {
    long due = System.nanoTime() + times.renewal().toNanos();
    long left = due - System.nanoTime();
    while (!closed && left > 0) {
      wait(Math.max(1, Duration.ofNanos(left).toMillis()));
      left = due - System.nanoTime();
    }
    return !closed;
  }

  /** Called by the renewing thread only. */
  private void renew() {
    note = note.renewed(times.lease());
    try {
      try {
        held = CloudStorage.describe(lock.place(), held, note.metadata(lock));
      } catch (ChangedObjectException e) {
        // A worker of this launch has written the manifest into the lock, or it is lost.
        held = CloudStorage.describe(lock.place(), lock.requireHeld(), note.metadata(lock));
      }
    } catch (LostLockException e) {
      lost = e;
    } catch (PlaceException e) {
      // The next renewal tries again. Whether the lock is still held is checked before each file.
      return;
    }
  }

  /** Ends the renewals. The lock stays, and another launch may take it over in time. */
  public void leave() {
    try {
      endRenewals();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns false if they had ended before. */
  private boolean endRenewals() throws InterruptedException {
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      notifyAll();
    }
    renewing.join(LONGEST_END_MILLIS);
    return true;
  }

  /** Ends the renewals and removes the lock, if it is still this launch's. */
  @Override
  public void close() {
    try {
      if (!endRenewals()) {
        return;
      }
      CloudStorage.delete(lock.place(), lock.requireHeld().generation());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (PlaceException e) {
      // Another launch has it, or the service does not answer: then the lease ends by itself.
      return;
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("prepare was interrupted", e);
    }
  }
}
