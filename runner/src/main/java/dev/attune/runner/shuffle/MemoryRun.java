package dev.attune.runner.shuffle;

import dev.attune.runner.stream.ByteSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Records of one partition in the order in which they were written. A record is the length of its
 * key, the length of its payload, the key and the payload. The index has a long for each record:
 * the key's hash in the upper half, the record's offset in the lower.
 */
final class MemoryRun {
  /**
   * Offsets have 18 bits, so that an offset and the number of a run fit in an int. Arrays of more
   * than 512 KiB may occupy twice their size in a heap of the G1 collector.
   */
  static final int OFFSET_BITS = 18;

  private static final int FIRST_BYTES = 512;
  private static final int FIRST_RECORDS = 16;

  private byte[] bytes;
  private long[] index = new long[FIRST_RECORDS];
  private int size;
  private int records;

  MemoryRun(int capacity) {
    bytes = new byte[Math.max(FIRST_BYTES, capacity)];
  }

  /** The heap bytes of this run. */
  long heapBytes() {
    return bytes.length + 8L * index.length;
  }

  /** The number of bytes of its records. */
  int size() {
    return size;
  }

  int records() {
    return records;
  }

  long[] index() {
    return index;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether a record of {@code length} bytes fits in without growth. */
  boolean fits(int length) {
    return size + length <= bytes.length && records < index.length;
  }

  /** Makes room for a record of {@code length} bytes; false if the run would exceed its limit. */
  boolean grow(int length, int limit) {
    long needed = (long) size + length;
    if (needed > limit && records > 0) {
      return false;
    }
    if (needed > bytes.length) {
      int doubled = (int) Math.min(Math.max(limit, needed), Math.max(needed, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, doubled);
    }
    if (records == index.length) {
      index = Arrays.copyOf(index, 2 * records);
    }
    return true;
  }

  /** Adds a record, for which there must be room. */
  void add(int hash, byte[] record, int keyLength, int length) {
    index[records++] = (long) hash << 32 | size;
    int at = putVarInt(bytes, putVarInt(bytes, size, keyLength), length - keyLength);
    System.arraycopy(record, 0, bytes, at, length);
    size = at + length;
  }

  /** Gives back what is not used, if that is much. */
  void trim() {
    if (size < bytes.length / 2) {
      bytes = Arrays.copyOf(bytes, size);
    }
    if (records < index.length / 2) {
      index = Arrays.copyOf(index, records);
    }
  }

  /** The number of bytes that a record needs in a run. */
  static int sizeOf(int keyLength, int length) {
    return varIntSize(keyLength) + varIntSize(length - keyLength) + length;
  }

  private static int varIntSize(int value) {
    return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
  }

  private static int putVarInt(byte[] target, int offset, int value) {
    int at = offset;
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }

  /** Sets the source to a record's key, and returns the payload's length. */
  static int keyAt(ByteSource source, byte[] bytes, int offset) {
    source.set(bytes, offset, bytes.length - offset);
    int keyLength = source.readVarInt();
    int payloadLength = source.readVarInt();
    source.set(bytes, source.position(), keyLength);
    return payloadLength;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
