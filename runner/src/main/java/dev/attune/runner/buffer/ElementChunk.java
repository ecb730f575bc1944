package dev.attune.runner.buffer;

import dev.attune.runner.spill.SpillFile;
import dev.attune.runner.stream.ByteSource;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Some encoded elements, each after its length; in memory or in a file. Guarded by itself. */
final class ElementChunk {
  private final int size;
  private final int elements;
  private byte @Nullable [] bytes;
  private @Nullable SpillFile file;
  private long position;

  ElementChunk(byte[] bytes, int size, int elements) {
    this.bytes = size < bytes.length - bytes.length / 4 ? Arrays.copyOf(bytes, size) : bytes;
    this.size = size;
    this.elements = elements;
  }

  int size() {
    return size;
  }

  int elements() {
    return elements;
  }

  synchronized long heapBytes() {
    return bytes == null ? 0 : bytes.length;
  }

  /** Moves the bytes to a file and returns how many heap bytes this releases. */
  synchronized long spill(SpillFile target) throws IOException {
    long released = heapBytes();
    if (bytes != null) {
      position = target.end();
      target.append(bytes, size);
      file = target;
      bytes = null;
    }
    return released;
  }

  /** Opens the chunk. */
  synchronized ByteSource open() throws IOException {
    if (bytes != null) {
      return new ByteSource().set(bytes, 0, size);
    }
    if (file == null) {
      throw new IOException("The chunk has been released.");
    }
    return new ByteSource().set(file.read(position), 0, size);
  }

  /** Forgets the elements and returns the heap bytes that they occupied. */
  synchronized long release() {
    long released = heapBytes();
    bytes = null;
    file = null;
    return released;
  }
}
