package dev.attune.pipeline.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a process that is about to end from publishing. What it says of its dataset is then true
 * when it has ended: a publication that has begun is finished first, and none begins any more.
 * Workers of a cluster are ended by cancelling their job.
 */
public final class PublicationStop implements AutoCloseable {
  private static final ReentrantLock PUBLISHING = new ReentrantLock();

  private static volatile @Nullable Expected expected;

  private final Optional<Path> published;

  private PublicationStop(Optional<Path> published) {
    this.published = published;
  }

  /**
   * Says where this process publishes next.
   *
   * @param target folder of the run
   * @param cancel ends workers elsewhere
   */
  public static void expect(Path target, Runnable cancel) {
    expected = new Expected(target, cancel, isDataset(target));
  }

  /**
   * Waits for a publication that is under way and stops all others.
   *
   * @return kept open by a process that ends; closed in tests, by the same thread
   */
  public static PublicationStop begin() {
    Expected next = expected;
    if (next != null) {
      next.cancel().run();
    }
    PUBLISHING.lock();
    return new PublicationStop(
        Optional.ofNullable(next)
            .filter(one -> !one.wasThere())
            .map(Expected::target)
            .filter(PublicationStop::isDataset));
  }

  /** The folder of the dataset that this process published last, if it did. */
  public Optional<Path> published() {
    return published;
  }

  /** Moves files into place, unless this process is about to end: then waits for its end. */
  static void unlessStopped(Move move) throws IOException {
    PUBLISHING.lock();
    try {
      move.run();
    } finally {
      PUBLISHING.unlock();
    }
  }

  private static boolean isDataset(Path folder) {
    return Files.exists(folder.resolve("manifest.json"));
  }

  @Override
  public void close() {
    PUBLISHING.unlock();
  }

  /** What puts the files of a dataset into place. */
  @FunctionalInterface
  interface Move {
    /** Moves them. */
    void run() throws IOException;
  }

  /**
   * What a process is about to publish.
   *
   * @param target folder of the run
   * @param cancel ends workers elsewhere
   * @param wasThere whether the folder held a dataset before
   */
  private record Expected(Path target, Runnable cancel, boolean wasThere) {}
}
