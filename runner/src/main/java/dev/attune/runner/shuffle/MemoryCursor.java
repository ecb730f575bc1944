package dev.attune.runner.shuffle;

import dev.attune.runner.stream.ByteSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads runs in memory, sorted. The sorted index has a long for each record: hash, number of the
 * run, offset. Equal hashes of different keys are sorted by their keys.
 */
final class MemoryCursor extends RunCursor {
  /** More runs than this are read by several cursors. */
  static final int MOST_RUNS = 1 << (32 - MemoryRun.OFFSET_BITS);

  private final byte[][] runs;
  private final long[] sorted;
  private final ByteSource source = new ByteSource();
  private int next;

  private MemoryCursor(byte[][] runs, long[] sorted) {
    this.runs = runs;
    this.sorted = sorted;
  }

  static MemoryCursor sort(List<MemoryRun> memoryRuns) {
    int records = 0;
    for (MemoryRun run : memoryRuns) {
      records += run.records();
    }
    byte[][] runs = new byte[memoryRuns.size()][];
    long[] sorted = new long[records];
    int at = 0;
    for (int number = 0; number < runs.length; number++) {
      MemoryRun run = memoryRuns.get(number);
      runs[number] = run.bytes();
      long[] index = run.index();
      for (int i = 0; i < run.records(); i++) {
        sorted[at++] = index[i] | (long) number << MemoryRun.OFFSET_BITS;
      }
    }
    Arrays.sort(sorted);
    MemoryCursor cursor = new MemoryCursor(runs, sorted);
    cursor.separateCollisions();
    return cursor;
  }

  private void separateCollisions() {
    int from = 0;
    while (from < sorted.length) {
      int to = from + 1;
      boolean differ = false;
      while (to < sorted.length && (int) (sorted[to] >>> 32) == (int) (sorted[from] >>> 32)) {
        differ = differ || !sameKey(sorted[from], sorted[to]);
        to++;
      }
      if (differ) {
        List<Long> entries = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
          entries.add(sorted[i]);
        }
        entries.sort(this::compareKeys);
        for (int i = from; i < to; i++) {
          sorted[i] = entries.get(i - from);
        }
      }
      from = to;
    }
  }

  private boolean sameKey(long one, long other) {
    locate(one);
    byte[] oneArray = array;
    int oneOffset = keyOffset;
    int oneLength = keyLength;
    locate(other);
    return hasKey(oneArray, oneOffset, oneLength);
  }

  private int compareKeys(long one, long other) {
    locate(one);
    byte[] oneArray = array;
    int oneOffset = keyOffset;
    int oneLength = keyLength;
    locate(other);
    return Arrays.compare(
        oneArray, oneOffset, oneOffset + oneLength, array, keyOffset, keyOffset + keyLength);
  }

  private void locate(long entry) {
    int number = (int) entry >>> MemoryRun.OFFSET_BITS;
    int offset = (int) entry & ((1 << MemoryRun.OFFSET_BITS) - 1);
    array = runs[number];
    payloadLength = MemoryRun.keyAt(source, array, offset);
    keyOffset = source.position();
    keyLength = source.available();
  }

  @Override
  boolean advance() {
    if (next == sorted.length) {
      return false;
    }
    long entry = sorted[next++];
    hash = (int) (entry >>> 32);
    locate(entry);
    return true;
  }

  @Override
  RunCursor copy() {
    MemoryCursor copy = new MemoryCursor(runs, sorted);
    copy.next = next;
    copyTo(copy);
    return copy;
  }
}
