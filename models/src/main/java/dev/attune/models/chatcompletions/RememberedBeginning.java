package dev.attune.models.chatcompletions;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose first bytes can be looked at after it was read. */
final class RememberedBeginning extends FilterInputStream {
  private static final int MOST = 64 << 10;

  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

  RememberedBeginning(InputStream body) {
    super(body);
  }

  /** Returns the first 64 KiB at most of what was read. */
  byte[] beginning() {
    return beginning.toByteArray();
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    if (one >= 0 && beginning.size() < MOST) {
      beginning.write(one);
    }
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    if (count > 0) {
      beginning.write(bytes, offset, Math.min(count, MOST - beginning.size()));
    }
    return count;
  }
}
