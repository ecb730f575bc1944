package dev.attune.runner.spill;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The number of heap bytes that encoded elements of one run may occupy. Code that adds elements
 * reserves first and, when the budget is exceeded, calls {@link #relieve}.
 */
public final class MemoryBudget {
  private static final long LEAST_SPILL = 1 << 16;
  private static final long LARGEST_LEAST_SPILL = 1 << 24;

  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final Set<Spillable> holders = ConcurrentHashMap.newKeySet();
  private final Object spilling = new Object();

  /** Creates a budget of {@code limit} bytes. */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** The budget in bytes. */
  public long limit() {
    return limit;
  }

  /** The number of bytes that are reserved now. */
  public long used() {
    return used.get();
  }

  /** The largest number of bytes that were reserved at one time. */
  public long peak() {
    return peak.get();
  }

  /** Fewer bytes than these are not worth a spill while a stage is running. */
  public long leastSpill() {
    return Math.max(LEAST_SPILL, Math.min(limit / 32, LARGEST_LEAST_SPILL));
  }

  /** Adds bytes, also when this exceeds the budget. */
  public void reserve(long bytes) {
    long now = used.addAndGet(bytes);
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
    }
  }

  /** Removes bytes. */
  public void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Whether more bytes are reserved than the budget has. */
  public boolean exceeded() {
    return used.get() > limit;
  }

  /** Makes a holder's bytes available for spilling. */
  public void register(Spillable holder) {
    holders.add(holder);
  }

  /** Ends {@link #register}. */
  public void unregister(Spillable holder) {
    holders.remove(holder);
  }

  /** The number of bytes that the largest holder can spill. */
  public long largestSpillable() {
    long most = 0;
    for (Spillable holder : holders) {
      most = Math.max(most, holder.spillableBytes());
    }
    return most;
  }

  /** Spills the largest holders until the budget is kept or nothing is left to spill. */
  public void relieve() throws IOException {
    synchronized (spilling) {
      while (exceeded()) {
        Spillable largest = null;
        long most = 0;
        for (Spillable holder : holders) {
          long bytes = holder.spillableBytes();
          if (bytes > most) {
            most = bytes;
            largest = holder;
          }
        }
        if (largest == null) {
          return;
        }
        largest.spill();
      }
    }
  }
}
