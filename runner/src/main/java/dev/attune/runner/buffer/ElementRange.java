package dev.attune.runner.buffer;

import dev.attune.runner.stream.ByteSource;
import java.io.IOException;

/**
 * Elements of one chunk that one bundle reads.
 *
 * @param chunk the chunk
 * @param first the number of the first element
 * @param count the number of elements
 */
public record ElementRange(ElementChunk chunk, int first, int count) {
  /** The size of the range in bytes, estimated from the size of its chunk. */
  public long bytes() {
    return (long) chunk.size() * count / chunk.elements();
  }

  /** Opens the range: the elements, each after its length. */
  public ByteSource open() throws IOException {
    ByteSource source = chunk.open();
    for (int i = 0; i < first; i++) {
      source.skip(source.readVarInt());
    }
    return source;
  }
}
