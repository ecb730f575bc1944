package dev.attune.runner.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The 32-bit hash of encoded keys: MurmurHash3 x86_32 with seed 0. */
public final class KeyHash {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private KeyHash() {}

  /** Returns the hash of a part of an array. */
  public static int of(byte[] array, int offset, int length) {
    int hash = 0;
    int end = offset + (length & ~3);
    for (int i = offset; i < end; i += 4) {
      hash ^= scrambled((int) INTS.get(array, i));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    int rest = 0;
    for (int i = offset + length - 1; i >= end; i--) {
      rest = rest << 8 | (array[i] & 0xff);
    }
    hash ^= scrambled(rest) ^ length;
    hash = (hash ^ hash >>> 16) * 0x85ebca6b;
    hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
    return hash ^ hash >>> 16;
  }

  private static int scrambled(int bits) {
    return Integer.rotateLeft(bits * C1, 15) * C2;
  }
}
