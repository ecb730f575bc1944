package dev.attune.format.conformance;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that reports the bytes read. */
final class CountedInputStream extends FilterInputStream {
  private final LongConsumer read;

  /**
   * Creates a stream over another.
   *
   * @param read receives the number of bytes of each read
   */
  CountedInputStream(InputStream in, LongConsumer read) {
    super(in);
    this.read = read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    if (count > 0) {
      read.accept(count);
    }
    return count;
  }
}
