package dev.attune.models.recording;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Keeps the stream below open when it is closed. */
final class UnclosedStream extends FilterInputStream {
  UnclosedStream(InputStream in) {
    super(in);
  }

  @Override
  public void close() {
    // The owner closes it.
  }
}
