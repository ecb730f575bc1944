package dev.attune.testing.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/**
 * The newest 100,000 calls that a stub received, in the order of arrival. Thread-safe.
 *
 * @param <C> a call
 */
public final class CallLog<C> {
  private static final int MOST_CALLS_KEPT = 100_000;

  private final Deque<C> calls = new ArrayDeque<>();
  private long number;

  /**
   * Adds a call.
   *
   * @param numbered makes it from its number; calls are numbered from 1
   */
  public synchronized C add(LongFunction<C> numbered) {
    C call = numbered.apply(++number);
    calls.addLast(call);
    if (calls.size() > MOST_CALLS_KEPT) {
      calls.removeFirst();
    }
    return call;
  }

  /** Returns the calls since {@link #clear()}. */
  public synchronized List<C> all() {
    return List.copyOf(calls);
  }

  /** Returns how many of {@link #all()} match. */
  public synchronized long count(Predicate<C> wanted) {
    return calls.stream().filter(wanted).count();
  }

  /** Forgets all calls; numbers go on. */
  public synchronized void clear() {
    calls.clear();
  }
}
