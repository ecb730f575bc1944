package dev.attune.pipeline.source.previous;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lines of a part of a file, one at a time; each ends at a line feed, or with the part. */
final class LineStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int at;
  private int end;
  private long left;

  private LineStream(InputStream in, long bytes) {
    this.in = in;
    this.left = bytes;
  }

  static LineStream open(Path file, CarriedRange.Bytes part) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channel.position(part.start());
    return new LineStream(Channels.newInputStream(channel), part.end() - part.start());
  }

  /** The next line without its line feed, or null at the end of the part or of the file. */
  byte @Nullable [] next() throws IOException {
    line.reset();
    boolean begun = false;
    while (at < end || fill()) {
      begun = true;
      int start = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      line.write(buffer, start, at - start);
      if (at < end) {
        at++;
        return line.toByteArray();
      }
    }
    return begun ? line.toByteArray() : null;
  }

  private boolean fill() throws IOException {
    int read = left == 0 ? -1 : in.read(buffer, 0, (int) Math.min(buffer.length, left));
    at = 0;
    end = Math.max(0, read);
    left -= end;
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
