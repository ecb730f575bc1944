package dev.attune.launcher.vertex;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/**
 * A file that is uploaded chunk by chunk; tells how many of its bytes have arrived. The client
 * reads a whole chunk before it sends it, and the next one when that has arrived.
 */
final class SentBytes extends FilterInputStream {
  private final int chunk;
  private final LongConsumer sent;
  private long position;

  /**
   * A stream over another.
   *
   * @param chunk bytes of a chunk
   * @param sent told how many bytes of whole chunks have arrived
   */
  SentBytes(InputStream in, int chunk, LongConsumer sent) {
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
