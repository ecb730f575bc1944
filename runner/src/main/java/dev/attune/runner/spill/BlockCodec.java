package dev.attune.runner.spill;

import java.io.IOException;
import java.util.Arrays;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Compresses blocks with Snappy, whose library Beam brings. Where the native part of Snappy cannot
 * be loaded, blocks stay as they are.
 */
final class BlockCodec {
  private static final boolean AVAILABLE = available();

  private BlockCodec() {}

  /** Returns the compressed bytes, or null where compression saves nothing. */
  @SuppressWarnings("NullAway")
  static byte[] compress(byte[] block, int length) throws IOException {
    if (!AVAILABLE || length < 64) {
      return null;
    }
    byte[] target = new byte[Snappy.maxCompressedLength(length)];
    int size = Snappy.compress(block, 0, length, target, 0);
    return size < length - length / 16 ? Arrays.copyOf(target, size) : null;
  }

  /** Restores a block of {@code length} bytes. */
  static byte[] restore(byte[] compressed, int length) throws IOException {
    byte[] block = new byte[length];
    Snappy.uncompress(compressed, 0, compressed.length, block, 0);
    return block;
  }

  private static boolean available() {
    try {
      return Snappy.maxCompressedLength(1) > 0;
    } catch (SnappyError | LinkageError unavailable) {
      return false;
    }
  }
}
