package dev.attune.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that one process at most holds, and with it the right to do what the file stands for. The
 * operating system takes it back when that process ends, however it ends.
 */
public final class LockFile implements Closeable {
  /**
   * Lock files that this process holds. On POSIX systems a process loses its lock when it closes
   * any channel of the file, so a file that is held must not be opened again.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param file is made where it is absent, and stays
   * @return null where somebody else holds it, in this process or another
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
