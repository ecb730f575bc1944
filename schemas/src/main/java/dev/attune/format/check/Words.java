package dev.attune.format.check;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Bytes, eight at a time. */
final class Words {
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  /** Of the fraction of the golden ratio, and of pi: odd, with bits set all over. */
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private static final long SEED = 0x243F6A8885A308D3L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Words() {}

  /** Eight bytes as a number, the first one lowest. */
  static long at(byte[] bytes, int index) {
    return (long) LONGS.get(bytes, index);
  }

  /**
   * In each byte the top bit where it is a quotation mark, a backslash, a control character or not
   * ASCII. Only the lowest bit that is set is to be trusted: the subtractions borrow upwards.
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

  /** Where a byte stands first, or -1. */
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

  /**
   * A hash of some bytes. Not for use against somebody who makes bytes collide: what it finds equal
   * is compared again.
   */
  static long hash(byte[] bytes, int from, int to) {
    long hash = SEED ^ (to - from);
    int i = from;
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
    long low = value * MULTIPLIER;
    return low ^ Math.multiplyHigh(value, MULTIPLIER);
  }
}
