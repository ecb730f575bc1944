package dev.attune.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file that at most one process can have. The operating system releases it when the
 * process ends, however it ends.
 */
public final class LockFile implements Closeable {
  /**
   * Files that this process has locked. On POSIX systems a process loses its lock when it closes
   * any channel of the file, so a locked file must not be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a file.
   *
   * @param file created if missing, and never removed
   * @return the lock, or null if this or another process has locked the file
   */
  public static @Nullable LockFile tryLock(Path file) throws IOException {
    if (!HELD.add(file)) {
      return null;
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileMode.PRIVATE.open(file);
      locked = channel.tryLock() != null;
      return locked ? new LockFile(file, channel) : null;
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
