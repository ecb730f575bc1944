package dev.attune.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;

/** Appends to a file, whole or not at all. */
public final class WholeLines {
  private WholeLines() {}

  /**
   * Appends bytes; they are on the disk when the call returns. If they cannot be written, for
   * example because the disk is full, the file is as it was.
   *
   * @param file open for writing; no other thread or process may append meanwhile
   * @param name the file's name, for the exception
   * @throws FileSystemException with the name and the reason
   */
  public static void append(FileChannel file, String name, byte[] bytes) throws IOException {
    try {
      long end = file.size();
      try {
        file.position(end);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          file.write(rest);
        }
        file.force(false);
      } catch (IOException e) {
        cut(file, end, e);
        throw e;
      }
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(name, null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  private static void cut(FileChannel file, long end, IOException cause) {
    try {
      file.truncate(end);
    } catch (IOException e) {
      cause.addSuppressed(e); // The next opening removes the incomplete line.
    }
  }
}
