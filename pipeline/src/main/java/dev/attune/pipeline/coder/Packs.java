package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.beam.sdk.coders.Coder;

/** Decodes the values that {@link PackInBuckets} packed. */
public final class Packs {
  private Packs() {}

  /**
   * Returns the values of packs. Each value is decoded when the iterator reaches it.
   *
   * @param packs read once for each iteration over the values
   */
  public static <T> Iterable<T> values(Iterable<byte[]> packs, Coder<T> coder) {
    return () -> new Values<>(packs.iterator(), coder);
  }

  private static final class Values<T> implements Iterator<T> {
    private final Iterator<byte[]> packs;
    private final Coder<T> coder;
    private Unpack pack = new Unpack(new byte[0]);

    Values(Iterator<byte[]> packs, Coder<T> coder) {
      this.packs = packs;
      this.coder = coder;
    }

    @Override
    public boolean hasNext() {
      while (pack.available() == 0 && packs.hasNext()) {
        pack = new Unpack(packs.next());
      }
      return pack.available() > 0;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        return coder.decode(pack);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An array as a stream; not synchronized, unlike ByteArrayInputStream. */
  private static final class Unpack extends InputStream {
    private final byte[] bytes;
    private int at;

    Unpack(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int available() {
      return bytes.length - at;
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (at == bytes.length) {
        return length == 0 ? 0 : -1;
      }
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, into, offset, count);
      at += count;
      return count;
    }

    @Override
    public byte[] readNBytes(int length) {
      byte[] read = new byte[Math.min(length, bytes.length - at)];
      System.arraycopy(bytes, at, read, 0, read.length);
      at += read.length;
      return read;
    }
  }
}
