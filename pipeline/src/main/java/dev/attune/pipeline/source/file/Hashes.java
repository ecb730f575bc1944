package dev.attune.pipeline.source.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes that stand for records and files. */
final class Hashes {
  private static final int ID_BYTES = 16;

  private Hashes() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /**
   * The id of a record that has none of its own: the first 32 hex digits of the SHA-256 of its
   * fields, each after its length in four bytes. Among 2^40 records two different ones get the same
   * id with a probability of 2^80 / 2^129, so never.
   */
  static String idOf(byte[]... fields) {
    return id(sha256().digest(joined(fields)));
  }

  /** The first 32 hex digits. */
  static String id(byte[] sha256) {
    return HexFormat.of().formatHex(sha256, 0, ID_BYTES);
  }

  /** The fields one behind the other, each after its length in four bytes. */
  static byte[] joined(byte[]... fields) {
    int size = 0;
    for (byte[] field : fields) {
      size += Integer.BYTES + field.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(size);
    for (byte[] field : fields) {
      joined.putInt(field.length).put(field);
    }
    return joined.array();
  }
}
