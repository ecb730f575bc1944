package dev.attune.place;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads one generation of an object, from any position on. Not for several threads. */
public final class ObjectChannel implements ReadableByteChannel {
  private final ObjectPlace place;
  private final ReadChannel channel;

  ObjectChannel(ObjectPlace place, ReadChannel channel) {
    this.place = place;
    this.channel = channel;
  }

  /** Sets the offset of the next byte that is read; before the first read. */
  public void seek(long position) throws IOException {
    channel.seek(position);
  }

  /** Sets the offset after the last byte that is read; before the first read. */
  public void limit(long end) {
    channel.limit(end);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      return channel.read(into);
    } catch (StorageException e) {
      throw StorageFailure.of(place, e);
    } catch (IOException e) {
      if (e.getCause() instanceof StorageException failed) {
        throw StorageFailure.of(place, failed);
      }
      throw e;
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() {
    channel.close();
  }
}
