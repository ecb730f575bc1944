package dev.attune.format.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds repeated lines of a file by 64-bit hashes, of which more than 50 bits are compared, so that
 * false matches are very rare. Deliberate collisions are not expected; such a finding is only a
 * warning.
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

  /** Number of low bits of an entry that are the line number; the others are bits of the hash. */
  private static final int LINE_BITS = 26;

  private static final long LINE_MASK = (1L << LINE_BITS) - 1;

  private final List<long[]> full = new ArrayList<>();
  private long[] table;
  private int used;
  private int size;

  private final long[] waitingHashes = new long[WAITING];
  private final long[] waitingLines = new long[WAITING];
  private int waiting;

  /** Keeps the prefetched entries, so that the compiler does not remove the reads. */
  private final long[] fetched = new long[WAITING];

  private long slotsLeft;

  /**
   * Creates an empty table.
   *
   * @param expected an estimate of the number of lines
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

  /** Receives a line and the number of the first equal one. */
  @FunctionalInterface
  interface Taker {
    void take(long line, long first);
  }

  /** Queues a line for look-up; {@link #flush} processes the queue. */
  void add(long hash, long line, Taker taker) {
    waitingHashes[waiting] = hash;
    waitingLines[waiting] = line;
    waiting++;
    if (waiting == WAITING) {
      flush(taker);
    }
  }

  /** Processes the queue. */
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
   * Returns the slot of a hash, or the free slot for it, chosen by the bits that are not stored.
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

  /** Returns the number of remembered lines. */
  int size() {
    return size;
  }
}
