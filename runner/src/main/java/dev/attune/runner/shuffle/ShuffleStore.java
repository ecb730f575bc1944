package dev.attune.runner.shuffle;

import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.spill.SpillFile;
import dev.attune.runner.spill.SpillFolder;
import dev.attune.runner.spill.Spillable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records in hash partitions. First writers add records; when all are closed, ranges of partitions
 * are read, each by one thread, and released.
 */
public final class ShuffleStore implements Spillable {
  private static final int LEAST_PARTITIONS = 64;
  private static final int LEAST_RUN = 1 << 14;

  /** A bundle of fewer bytes than this is not split to occupy more threads at once. */
  private static final long SMALL = 1 << 20;

  private final MemoryBudget budget;
  private final SpillFolder folder;
  private final int runLimit;
  private final int shift;
  private final Partition[] partitions;
  private final AtomicLong spillable = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile boolean reading;
  private @Nullable SpillFile file;

  /** Creates an empty store for as many writers as there are threads. */
  public ShuffleStore(int threads, MemoryBudget budget, SpillFolder folder) {
    this.budget = budget;
    this.folder = folder;
    int count = Math.max(LEAST_PARTITIONS, Integer.highestOneBit(4 * threads - 1) * 2);
    long share = budget.limit() / (4L * count * threads);
    runLimit = (int) Math.max(LEAST_RUN, Math.min(share, 1 << MemoryRun.OFFSET_BITS));
    shift = Integer.numberOfLeadingZeros(count) + 1;
    partitions = new Partition[count];
    for (int i = 0; i < count; i++) {
      partitions[i] = new Partition();
    }
    budget.register(this);
  }

  /** The records of one partition; guarded by itself. */
  private static final class Partition {
    private List<MemoryRun> runs = new ArrayList<>(0);
    private List<SpilledRun> spilled = new ArrayList<>(0);
    private long bytes;
  }

  /** Creates a writer for one thread. */
  public ShuffleWriter writer() {
    return new ShuffleWriter(this, budget, runLimit, partitions.length);
  }

  int partitionOf(int hash) {
    return hash >>> shift;
  }

  void add(int number, MemoryRun run) {
    Partition partition = partitions[number];
    synchronized (partition) {
      partition.runs.add(run);
      partition.bytes += run.size();
    }
    bytes.addAndGet(run.size());
    spillable.addAndGet(run.heapBytes());
  }

  @Override
  public long spillableBytes() {
    return reading ? 0 : spillable.get();
  }

  @Override
  public synchronized void spill() throws IOException {
    for (Partition partition : partitions) {
      List<MemoryRun> runs;
      synchronized (partition) {
        if (reading || partition.runs.isEmpty()) {
          continue;
        }
        runs = partition.runs;
        partition.runs = new ArrayList<>(0);
      }
      if (file == null) {
        file = folder.newFile();
      }
      for (RunCursor cursor : sorted(runs)) {
        SpilledRun written = SpilledRun.write(file, cursor);
        synchronized (partition) {
          partition.spilled.add(written);
        }
      }
      release(runs);
    }
  }

  private static List<RunCursor> sorted(List<MemoryRun> runs) {
    List<RunCursor> cursors = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += MemoryCursor.MOST_RUNS) {
      int to = Math.min(runs.size(), from + MemoryCursor.MOST_RUNS);
      cursors.add(MemoryCursor.sort(runs.subList(from, to)));
    }
    return cursors;
  }

  private void release(List<MemoryRun> runs) {
    long released = 0;
    for (MemoryRun run : runs) {
      released += run.heapBytes();
    }
    spillable.addAndGet(-released);
    budget.release(released);
  }

  /** The number of bytes that were written. */
  public long bytes() {
    return bytes.get();
  }

  /**
   * Ends writing. Returns ranges of partitions with records, of about the same size each: enough to
   * occupy all threads, and not smaller than is worth a bundle when there are many.
   */
  public synchronized List<PartitionRange> ranges(int threads) {
    budget.unregister(this);
    reading = true;
    long target =
        Math.max(1, Math.max(bytes.get() / (8L * threads), Math.min(SMALL, bytes.get() / threads)));
    List<PartitionRange> ranges = new ArrayList<>();
    int first = 0;
    long size = 0;
    for (int i = 0; i < partitions.length; i++) {
      size += partitions[i].bytes;
      if (size >= target) {
        ranges.add(new PartitionRange(first, i + 1));
        first = i + 1;
        size = 0;
      }
    }
    if (size > 0) {
      ranges.add(new PartitionRange(first, partitions.length));
    }
    return ranges;
  }

  /** Opens a range of partitions. */
  public GroupCursor read(PartitionRange range) throws IOException {
    List<MemoryRun> runs = new ArrayList<>();
    List<RunCursor> cursors = new ArrayList<>();
    for (int i = range.first(); i < range.end(); i++) {
      synchronized (partitions[i]) {
        runs.addAll(partitions[i].runs);
        for (SpilledRun spilled : partitions[i].spilled) {
          cursors.add(new SpilledCursor(spilled));
        }
      }
    }
    cursors.addAll(sorted(runs));
    return new GroupCursor(cursors);
  }

  /** Releases the memory of a range of partitions. */
  public void release(PartitionRange range) {
    for (int i = range.first(); i < range.end(); i++) {
      List<MemoryRun> runs;
      synchronized (partitions[i]) {
        runs = partitions[i].runs;
        partitions[i].runs = List.of();
        partitions[i].spilled = List.of();
      }
      release(runs);
    }
  }

  /** Releases everything. */
  public synchronized void close() throws IOException {
    budget.unregister(this);
    reading = true;
    release(new PartitionRange(0, partitions.length));
    if (file != null) {
      file.close();
    }
  }
}
