package dev.attune.filesystem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a JSONL file as bytes. A line ends at a line feed or at the end of the stream.
 * One line and a buffer of 64 KiB are in memory at a time.
 */
public final class LineReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private int next;
  private int end;

  /** Creates a reader, which closes the stream when it is closed. */
  public LineReader(InputStream in) {
    this.in = in;
  }

  /** Returns the next line without its line feed, or null after the last line. */
  public byte @Nullable [] next() throws IOException {
    while (true) {
      for (int i = next; i < end; i++) {
        if (buffer[i] == '\n') {
          byte[] line = lineUpTo(i);
          next = i + 1;
          return line;
        }
      }
      begun.write(buffer, next, end - next);
      next = 0;
      end = Math.max(0, in.read(buffer));
      if (end == 0) {
        return begun.size() == 0 ? null : lineUpTo(0);
      }
    }
  }

  private byte[] lineUpTo(int index) {
    if (begun.size() == 0) {
      return Arrays.copyOfRange(buffer, next, index);
    }
    begun.write(buffer, next, index - next);
    byte[] line = begun.toByteArray();
    begun.reset();
    return line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
