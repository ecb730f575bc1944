package dev.attune.pipeline.write.destination;

import dev.attune.place.Place;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Prevents a process that is shutting down from publishing, so that its last message about the
 * dataset is true: a publication in progress is completed, and no other one starts. The job of a
 * cluster is cancelled.
 */
public final class PublicationStop implements AutoCloseable {
  private static final ReentrantLock PUBLISHING = new ReentrantLock();

  private static volatile @Nullable Expected expected;

  private final Optional<Place> published;

  private PublicationStop(Optional<Place> published) {
    this.published = published;
  }

  /**
   * Registers the next publication of this process.
   *
   * @param target folder of the run
   * @param cancel cancels the job on a cluster
   * @param release gives up what the run holds elsewhere, when nothing is published any more
   */
  public static void expect(Place target, Runnable cancel, Runnable release) {
    expected = new Expected(target, cancel, release, isDataset(target));
  }

  /**
   * Waits for a publication in progress and prevents all others.
   *
   * @return left open by a process that ends; closed in tests, by the same thread
   */
  public static PublicationStop begin() {
    Expected next = expected;
    if (next != null) {
      next.cancel().run();
    }
    PUBLISHING.lock();
    Optional<Place> published =
        Optional.ofNullable(next)
            .filter(one -> !one.wasThere())
            .map(Expected::target)
            .filter(PublicationStop::isDataset);
    if (next != null) {
      next.release().run();
    }
    return new PublicationStop(published);
  }

  /** Returns the folder of the dataset that this process has published, if any. */
  public Optional<Place> published() {
    return published;
  }

  /** Moves files into place, or blocks if this process is shutting down. */
  static void unlessStopped(Move move) throws IOException {
    PUBLISHING.lock();
    try {
      move.run();
    } finally {
      PUBLISHING.unlock();
    }
  }

  private static boolean isDataset(Place folder) {
    try {
      return folder.resolve("manifest.json").isFile();
    } catch (IOException e) {
      return false; // nothing can be said of it
    }
  }

  @Override
  public void close() {
    PUBLISHING.unlock();
  }

  /** Moves the files of a dataset into place. */
  @FunctionalInterface
  interface Move {
    /** Moves them. */
    void run() throws IOException;
  }

  /** Runs the step that makes a dataset visible. */
  @FunctionalInterface
  interface Guard {
    /** Runs it, or blocks. */
    void run(Move move) throws IOException;
  }

  /**
   * The next publication.
   *
   * @param target folder of the run
   * @param cancel cancels the job on a cluster
   * @param release gives up what the run holds elsewhere
   * @param wasThere whether the folder had a dataset before
   */
  private record Expected(Place target, Runnable cancel, Runnable release, boolean wasThere) {}
}
