package dev.attune.pipeline.coder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.coders.Coder;

/** Collects the values of one bundle in packs, see {@link PackInBuckets}. */
final class Packing<T> {
  private static final int PACK_BYTES = 1 << 18;
  private static final int MAXIMUM_BYTES = 1 << 25;

  private final Coder<T> coder;
  private final Map<Integer, Pack> packs = new HashMap<>();
  private long bytes;

  Packing(Coder<T> coder) {
    this.coder = coder;
  }

  /** Adds a value to the pack of its bucket, and passes on full packs. */
  void add(Integer bucket, T value, BiConsumer<Integer, byte[]> full) throws IOException {
    Pack pack = packs.computeIfAbsent(bucket, b -> new Pack());
    int before = pack.size;
    coder.encode(value, pack);
    bytes += pack.size - before;
    if (pack.size >= PACK_BYTES) {
      packs.remove(bucket);
      bytes -= pack.size;
      full.accept(bucket, pack.toByteArray());
    } else if (bytes >= MAXIMUM_BYTES) {
      finish(full);
    }
  }

  /** Passes on all packs. */
  void finish(BiConsumer<Integer, byte[]> full) {
    packs.forEach((bucket, pack) -> full.accept(bucket, pack.toByteArray()));
    packs.clear();
    bytes = 0;
  }

  /** An array that grows; not synchronized, unlike ByteArrayOutputStream. */
  private static final class Pack extends OutputStream {
    private static final int FIRST_BYTES = 1 << 10;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    @Override
    public void write(int b) {
      grow(1);
      bytes[size++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      grow(length);
      System.arraycopy(from, offset, bytes, size, length);
      size += length;
    }

    private void grow(int more) {
      if (bytes.length - size < more) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
      }
    }

    byte[] toByteArray() {
      return Arrays.copyOf(bytes, size);
    }
  }
}
