package dev.attune.pipeline.source;

import dev.attune.bytes.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies records that have no id by a hash of 128 bits. Among 2^40 records, two different ones
 * share a hash with a probability of 2^80 / 2^129.
 */
public final class FieldHash {
  private static final int BYTES = 16;

  private FieldHash() {}

  /**
   * Returns the first 32 hex digits of the SHA-256 of the fields, each after its length in four
   * bytes (big-endian). A null is hashed as the length -1 without bytes.
   */
  public static String hex(List<byte @Nullable []> fields) {
    MessageDigest sha256 = Sha256.newDigest();
    for (byte[] field : fields) {
      sha256.update(
          ByteBuffer.allocate(Integer.BYTES).putInt(0, field == null ? -1 : field.length));
      sha256.update(field == null ? new byte[0] : field);
    }
    return prefix(sha256.digest());
  }

  /** Returns the first 32 hex digits of a hash. */
  public static String prefix(byte[] sha256) {
    return HexFormat.of().formatHex(sha256, 0, BYTES);
  }
}
