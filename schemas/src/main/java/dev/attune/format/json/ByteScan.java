package dev.attune.format.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Scans, counts and hashes bytes, eight at a time. */
public final class ByteScan {
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  /** Bits of the fraction of the golden ratio; the seed has those of pi. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private static final long SEED = 0x243F6A8885A308D3L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private ByteScan() {}

  /** Returns eight bytes as a little-endian number. */
  static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  /**
   * Returns the top bit of each byte that is a quotation mark, a backslash, a control character or
   * not ASCII. Only the lowest set bit is reliable, because the subtractions borrow upwards.
   */
  static long notPlain(long word) {
    long quote = word ^ (ONES * '"');
    long backslash = word ^ (ONES * '\\');
    long ascii =
        ((word - ONES * ' ') & ~word)
            | ((quote - ONES) & ~quote)
            | ((backslash - ONES) & ~backslash);
    return (ascii | word) & TOPS;
  }

  /** Returns the index of the first occurrence of a byte, or -1. */
  static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = ONES * wanted;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      long match = at(bytes, i) ^ pattern;
      long found = (match - ONES) & ~match & TOPS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the number of ASCII digits. */
  static long digits(byte[] bytes, int from, int to) {
    long count = 0;
    int i = from;
    for (; i + 8 <= to; i += 8) {
      // A digit becomes 0 to 9. Adding 76 sets the top bit from 10 on and carries nowhere.
      long value = at(bytes, i) ^ (ONES * '0');
      long none = ((value & ~TOPS) + ONES * 0x76) | value;
      count += Long.bitCount(~none & TOPS);
    }
    for (; i < to; i++) {
      count += bytes[i] >= '0' && bytes[i] <= '9' ? 1 : 0;
    }
    return count;
  }

  /** Returns a hash of bytes. Not safe against deliberate collisions. */
  public static long hash(byte[] bytes, int from, int to) {
    long hash = SEED ^ (to - from);
    int i = from;
    if (i + 32 <= to) {
      // Two chains, which the processor works on at once; a product takes sixteen bytes.
      long second = ~SEED;
      for (; i + 32 <= to; i += 32) {
        hash = fold(hash ^ at(bytes, i), MULTIPLIER ^ at(bytes, i + 8));
        second = fold(second ^ at(bytes, i + 16), MULTIPLIER ^ at(bytes, i + 24));
      }
      hash = mix(hash) ^ second;
    }
    for (; i + 8 <= to; i += 8) {
      hash = mix(hash ^ at(bytes, i));
    }
    long rest = 0;
    for (; i < to; i++) {
      rest = (rest << 8) | (bytes[i] & 0xFF);
    }
    return mix(hash ^ rest);
  }

  private static long mix(long value) {
    return fold(value, MULTIPLIER);
  }

  private static long fold(long left, long right) {
    return (left * right) ^ Math.multiplyHigh(left, right);
  }
}
