package dev.attune.runner.shuffle;

import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.stream.ByteSink;
import dev.attune.runner.stream.KeyHash;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Adds records to a store. Used by one thread at a time. */
public final class ShuffleWriter {
  private final ShuffleStore store;
  private final MemoryBudget budget;
  private final int runLimit;
  private final @Nullable MemoryRun[] open;
  private long openBytes;

  ShuffleWriter(ShuffleStore store, MemoryBudget budget, int runLimit, int partitions) {
    this.store = store;
    this.budget = budget;
    this.runLimit = runLimit;
    this.open = new MemoryRun[partitions];
  }

  /** Adds a record: the first {@code keyLength} bytes are its key, the others its payload. */
  public void add(ByteSink bytes, int keyLength) throws IOException {
    int hash = KeyHash.of(bytes.array(), 0, keyLength);
    int partition = store.partitionOf(hash);
    int length = MemoryRun.sizeOf(keyLength, bytes.size());
    MemoryRun run = open[partition];
    if (run == null || !run.fits(length)) {
      run = roomFor(partition, length);
    }
    run.add(hash, bytes.array(), keyLength, bytes.size());
  }

  private MemoryRun roomFor(int partition, int length) throws IOException {
    if (budget.exceeded()) {
      relieve();
    }
    MemoryRun run = open[partition];
    if (run == null) {
      run = open(partition, length);
    }
    long before = run.heapBytes();
    if (!run.grow(length, runLimit)) {
      seal(partition, run);
      run = open(partition, Math.max(length, runLimit));
      return run;
    }
    account(run.heapBytes() - before);
    return run;
  }

  private MemoryRun open(int partition, int capacity) {
    MemoryRun run = new MemoryRun(capacity);
    open[partition] = run;
    account(run.heapBytes());
    return run;
  }

  private void account(long more) {
    openBytes += more;
    budget.reserve(more);
  }

  private void seal(int partition, MemoryRun run) {
    open[partition] = null;
    long before = run.heapBytes();
    run.trim();
    long after = run.heapBytes();
    budget.release(before - after);
    openBytes -= before;
    store.add(partition, run);
  }

  private void relieve() throws IOException {
    if (budget.largestSpillable() < budget.leastSpill()) {
      if (openBytes < budget.leastSpill()) {
        return;
      }
      sealAll();
    }
    budget.relieve();
  }

  private void sealAll() {
    for (int i = 0; i < open.length; i++) {
      MemoryRun run = open[i];
      if (run != null) {
        seal(i, run);
      }
    }
  }

  /** Makes all records visible to readers. */
  public void close() throws IOException {
    sealAll();
    if (budget.exceeded()) {
      budget.relieve();
    }
  }
}
