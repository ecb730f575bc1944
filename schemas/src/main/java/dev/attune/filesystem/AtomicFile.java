package dev.attune.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes files atomically: the content is written to a temporary file in the same folder, forced to
 * the disk and renamed, so that a crash or power loss leaves the old or the new file. A link at the
 * path is replaced, not followed.
 */
public final class AtomicFile {
  private static final String SUFFIX = ".tmp";

  /** Age at which a temporary file belongs to a killed process. */
  private static final Duration LEFT_BEHIND = Duration.ofMinutes(10);

  private AtomicFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param file empty, with its final mode
     */
    void writeTo(Path file) throws IOException;
  }

  /** Writes or replaces a file. */
  public static void replace(Path file, FileMode mode, byte[] content) throws IOException {
    replace(
        file,
        mode,
        temporary -> {
          try (FileChannel channel =
              FileChannel.open(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
              channel.write(left);
            }
          }
        });
  }

  /** Writes or replaces a file. */
  public static void replace(Path file, FileMode mode, Content content) throws IOException {
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + SUFFIX);
    try {
      mode.create(temporary).close();
      content.writeTo(temporary);
      try (FileChannel written =
          FileChannel.open(temporary, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
        written.force(true);
      }
      removeLeftBehind(file, Files.getLastModifiedTime(temporary).toInstant());
      move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path temporary, Path file) throws IOException {
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes temporary files of killed processes; their age is measured by the disk's clock. */
  private static void removeLeftBehind(Path file, Instant now) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    String name = "." + file.getFileName() + ".";
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(
            folder,
            path -> {
              String other = String.valueOf(path.getFileName());
              return other.startsWith(name) && other.endsWith(SUFFIX);
            })) {
      for (Path path : beside) {
        if (isOlder(path, now.minus(LEFT_BEHIND))) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static boolean isOlder(Path path, Instant limit) throws IOException {
    try {
      return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && Files.getLastModifiedTime(path).toInstant().isBefore(limit);
    } catch (NoSuchFileException e) {
      // Another process has just moved it to its place.
      return false;
    }
  }
}
