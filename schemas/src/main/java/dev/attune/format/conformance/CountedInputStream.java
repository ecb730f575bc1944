package dev.attune.format.conformance;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A file of which somebody is told how much was read. */
final class CountedInputStream extends FilterInputStream {
  private final LongConsumer read;

  /**
   * A stream over another.
   *
   * @param read told of every block how many bytes it has
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
