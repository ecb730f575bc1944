package dev.attune.pipeline.source.file.storage;

import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectChannel;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one generation of an object from an offset on. One request gives the bytes up to the end
 * that is expected; each further one gives a megabyte. The client behind it continues a reply that
 * broke off.
 */
final class ObjectReader implements Closeable {
  private static final long FURTHER_BYTES = 1 << 20;

  private final ObjectPlace place;
  private final long generation;
  private final long size;
  private long position;
  private long requested;
  private @Nullable ObjectChannel channel;

  /**
   * Creates a reader; the first request is sent when it is read.
   *
   * @param path {@code gs://bucket/name}
   * @param size of the whole object
   * @param position the offset of the first byte to read
   * @param expectedEnd the offset after the last byte that will probably be read
   */
  ObjectReader(String path, long generation, long size, long position, long expectedEnd) {
    this.place = (ObjectPlace) Place.written(path);
    this.generation = generation;
    this.size = size;
    this.position = position;
    this.requested = Math.min(size, Math.max(position, expectedEnd));
  }

  /** Reads at least one byte; returns -1 at the end of the object. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (position == size) {
      return -1;
    }
    ObjectChannel open = channel;
    if (open == null || position == requested) {
      close();
      if (position == requested) {
        requested = Math.min(size, position + FURTHER_BYTES);
      }
      open = CloudStorage.channel(place, generation);
      open.seek(position);
      open.limit(requested);
      channel = open;
    }
    int most = (int) Math.min(length, requested - position);
    int count = read(open, ByteBuffer.wrap(into, offset, most));
    if (count < 0) {
      throw new IOException(place + " ended at byte " + position + " of " + size);
    }
    position += count;
    return count;
  }

  private static int read(ObjectChannel from, ByteBuffer into) throws IOException {
    try {
      return from.read(into);
    } catch (EOFException e) {
      throw new IOException(e); // To readers of gzip data it would mean that the file is truncated.
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
