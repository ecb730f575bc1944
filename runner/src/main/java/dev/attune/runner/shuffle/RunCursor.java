package dev.attune.runner.shuffle;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Position in records that are sorted by hash and key; records of one key keep their order. */
abstract class RunCursor implements Comparable<RunCursor> {
  int hash;
  byte[] array = new byte[0];
  int keyOffset;
  int keyLength;
  int payloadLength;

  /**
   * Runs with equal keys are read in the order of these numbers, that in which they were written.
   */
  int number;

  /** Goes to the next record; false at the end. */
  abstract boolean advance() throws IOException;

  /** Returns another cursor at the same record. */
  abstract RunCursor copy();

  final void copyTo(RunCursor copy) {
    copy.hash = hash;
    copy.array = array;
    copy.keyOffset = keyOffset;
    copy.keyLength = keyLength;
    copy.payloadLength = payloadLength;
  }

  final int payloadOffset() {
    return keyOffset + keyLength;
  }

  final boolean hasKeyOf(RunCursor other) {
    return hash == other.hash && hasKey(other.array, other.keyOffset, other.keyLength);
  }

  final boolean hasKey(byte[] other, int offset, int length) {
    return keyLength == length
        && Arrays.equals(array, keyOffset, keyOffset + length, other, offset, offset + length);
  }

  @Override
  public final int compareTo(RunCursor other) {
    int order = Integer.compare(hash, other.hash);
    if (order == 0) {
      order =
          Arrays.compare(
              array,
              keyOffset,
              keyOffset + keyLength,
              other.array,
              other.keyOffset,
              other.keyOffset + other.keyLength);
    }
    return order == 0 ? Integer.compare(number, other.number) : order;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }
}
