package dev.attune.format.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds lines that stand in a file twice, by hashes of 64 bits, of which more than 50 are compared:
 * two different lines of a file are hardly ever taken for equal. Nobody is expected to make lines
 * that collide; a finding of this kind is a warning.
 *
 * <p>A remembered line takes 8 bytes of a table that is three quarters full at most. There is a
 * table of the expected size; where it is full, another one twice as large. Together they have
 * {@link #MOST_SLOTS} slots at most, for 12.5 million lines in 128 MiB, and take no more than an
 * eighth of the heap. Later lines are still compared with those that are remembered.
 */
final class RepeatedLines {
  static final int MOST_SLOTS = 1 << 24;

  private static final int FEWEST_SLOTS = 1 << 10;
  private static final int SHARE_OF_HEAP = 8;

  /** Lines that are looked up together, so that their places in memory are fetched at once. */
  private static final int WAITING = 128;

  /** Of an entry the low bits are the line, the others are those of the hash. */
  private static final int LINE_BITS = 26;

  private static final long LINE_MASK = (1L << LINE_BITS) - 1;

  private final List<long[]> full = new ArrayList<>();
  private long[] table;
  private int used;
  private int size;

  private final long[] waitingHashes = new long[WAITING];
  private final long[] waitingLines = new long[WAITING];
  private int waiting;

  /** Holds what is fetched ahead, so that fetching it is not left out as useless. */
  private final long[] fetched = new long[WAITING];

  private long slotsLeft;

  /**
   * An empty one.
   *
   * @param expected how many lines there may be; a guess
   * @param heap bytes of it
   */
  RepeatedLines(long expected, long heap) {
    long most = Math.min(MOST_SLOTS, heap / SHARE_OF_HEAP / Long.BYTES);
    slotsLeft = Math.max(FEWEST_SLOTS, Long.highestOneBit(most));
    table = newTable(expected + expected / 2);
  }

  private long[] newTable(long wanted) {
    long slots = Math.max(FEWEST_SLOTS, Math.min(wanted, slotsLeft));
    // The next power of two, unless that is too much.
    long rounded = Long.highestOneBit(slots * 2 - 1);
    int taken = (int) (rounded <= slotsLeft ? rounded : Long.highestOneBit(slotsLeft));
    slotsLeft -= taken;
    return new long[taken];
  }

  /** Takes what was found: a line, and the first one like it. */
  @FunctionalInterface
  interface Taker {
    void take(long line, long first);
  }

  /** Looks a line up, this time or one of the next; {@link #flush} does it at once. */
  void add(long hash, long line, Taker taker) {
    waitingHashes[waiting] = hash;
    waitingLines[waiting] = line;
    waiting++;
    if (waiting == WAITING) {
      flush(taker);
    }
  }

  /** To be called behind the last line. */
  void flush(Taker taker) {
    int mask = table.length - 1;
    for (int i = 0; i < waiting; i++) {
      fetched[i] = table[(int) waitingHashes[i] & mask];
    }
    for (int i = 0; i < waiting; i++) {
      long first = firstLike(waitingHashes[i], waitingLines[i]);
      if (first > 0) {
        taker.take(waitingLines[i], first);
      }
    }
    waiting = 0;
  }

  /**
   * Remembers a line by its hash.
   *
   * @param line from 1
   * @return the first line with this hash, or 0
   */
  long firstLike(long hash, long line) {
    for (long[] other : full) {
      long entry = other[slot(other, hash)];
      if (entry != 0) {
        return entry & LINE_MASK;
      }
    }
    int slot = slot(table, hash);
    long entry = table[slot];
    if (entry != 0) {
      return entry & LINE_MASK;
    }
    if (line > LINE_MASK) {
      return 0;
    }
    if (used == table.length / 4 * 3) {
      if (slotsLeft < FEWEST_SLOTS) {
        return 0;
      }
      full.add(table);
      table = newTable(2L * table.length);
      used = 0;
      slot = slot(table, hash);
    }
    table[slot] = (hash & ~LINE_MASK) | line;
    used++;
    size++;
    return 0;
  }

  /**
   * Where a hash stands, or the free slot where it belongs. Chosen by the bits that are not kept.
   */
  private static int slot(long[] table, long hash) {
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    long entry = table[slot];
    while (entry != 0 && ((entry ^ hash) & ~LINE_MASK) != 0) {
      slot = (slot + 1) & mask;
      entry = table[slot];
    }
    return slot;
  }

  /** How many lines are remembered. */
  int size() {
    return size;
  }
}
