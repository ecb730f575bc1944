package dev.attune.launcher.local;

import dev.attune.files.FileMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to train a job, held by one process at most. The operating system takes it back when
 * that process ends, however it ends.
 */
final class JobLock implements Closeable {
  /**
   * Lock files that this process holds. On POSIX systems a process loses its lock when it closes
   * any channel of the file, so a file that is held must not be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private JobLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file is made where it is absent, and stays
   * @return null where somebody else holds it, in this process or another
   */
  static @Nullable JobLock tryLock(Path file) throws IOException {
    if (!HELD.add(file)) {
      return null;
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileMode.PRIVATE.open(file);
      locked = channel.tryLock() != null;
      return locked ? new JobLock(file, channel) : null;
    } finally {
      if (!locked) {
        try {
          if (channel != null) {
            channel.close();
          }
        } finally {
          HELD.remove(file);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
