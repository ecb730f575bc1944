package dev.attune.launcher.vertex;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * Reports the progress of an upload in chunks. The client reads a whole chunk, sends it, and reads
 * the next chunk when it has arrived.
 */
final class UploadProgressStream extends FilterInputStream {
  private final int chunk;
  private final LongConsumer sent;
  private long position;

  /**
   * Wraps a stream.
   *
   * @param chunk the size of a chunk
   * @param sent receives the number of bytes of chunks that have arrived
   */
  UploadProgressStream(InputStream in, int chunk, LongConsumer sent) {
    super(in);
    this.chunk = chunk;
    this.sent = sent;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    sent.accept(position / chunk * chunk);
    int count = super.read(into, offset, length);
    position += Math.max(0, count);
    return count;
  }
}
