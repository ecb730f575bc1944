package dev.attune.launcher.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are there as a whole or not at all, whenever the process is killed or the power goes:
 * written under another name, forced to the disk, then renamed. One writer of a file at a time.
 */
final class DurableFile {
  private DurableFile() {}

  /** Writes or replaces a file. */
  static void write(Path file, byte[] bytes) throws IOException {
    write(
        file,
        temporary -> {
          try (FileChannel channel =
              FileChannel.open(
                  temporary,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
              channel.write(left);
            }
          }
        });
  }

  /**
   * Writes or replaces a file.
   *
   * @param content writes it under the name that it is given
   */
  static void write(Path file, Content content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    content.writeTo(temporary);
    try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes the content of a file. */
  interface Content {
    void writeTo(Path file) throws IOException;
  }
}
