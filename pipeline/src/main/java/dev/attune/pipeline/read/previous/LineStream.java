package dev.attune.pipeline.read.previous;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The lines of a part of a file, one at a time. */
final class LineStream implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long left;

  private LineStream(InputStream in, long bytes) {
    this.in = in;
    this.left = bytes;
  }

  static LineStream open(Path file, CarriedRange.Bytes part) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channel.position(part.start());
    return new LineStream(
        new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES),
        part.end() - part.start());
  }

  /** The next line without its line feed, or null at the end of the part. */
  byte @Nullable [] next() throws IOException {
    if (left == 0) {
      return null;
    }
    line.reset();
    for (; left > 0; left--) {
      int b = in.read();
      if (b < 0 || b == '\n') {
        left = b < 0 ? 0 : left - 1;
        break;
      }
      line.write(b);
    }
    return line.toByteArray();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
