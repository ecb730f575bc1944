package dev.attune.pipeline.example;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The SHA-256 of an example's line: four longs, compared as unsigned bytes. */
public record Fingerprint(long a, long b, long c, long d) implements Comparable<Fingerprint> {
  /** Returns the fingerprint of a digest of 32 bytes. */
  public static Fingerprint of(byte[] sha256) {
    ByteBuffer bytes = ByteBuffer.wrap(sha256);
    return new Fingerprint(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  /** Returns the fingerprint of 64 hex digits. */
  public static Fingerprint ofHex(String hex) {
    byte[] sha256 = HexFormat.of().parseHex(hex);
    if (sha256.length != 32) {
      throw new IllegalArgumentException("not 64 hex digits but " + hex.length());
    }
    return of(sha256);
  }

  /** Returns 64 lower-case hex digits. */
  public String hex() {
    ByteBuffer bytes = ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d);
    return HexFormat.of().formatHex(bytes.array());
  }

  /**
   * Returns the range that it is in, of {@code ranges} equal ones. Ranges are in the order of the
   * fingerprints: sorted ranges in sequence are sorted as a whole.
   */
  public int range(int ranges) {
    return (int) Math.multiplyHigh(a >>> 1, (long) ranges << 1);
  }

  @Override
  public int compareTo(Fingerprint other) {
    int order = Long.compareUnsigned(a, other.a);
    if (order == 0) {
      order = Long.compareUnsigned(b, other.b);
    }
    if (order == 0) {
      order = Long.compareUnsigned(c, other.c);
    }
    return order == 0 ? Long.compareUnsigned(d, other.d) : order;
  }
}
