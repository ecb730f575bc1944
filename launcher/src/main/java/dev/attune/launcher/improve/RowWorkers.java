package dev.attune.launcher.improve;

import dev.attune.models.ModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Works on rows in parallel, in their order. */
final class RowWorkers {
  private RowWorkers() {}

  /** Work on one row. */
  @FunctionalInterface
  interface Work<T, R> {
    R on(T row) throws ModelException, InterruptedException;
  }

  /**
   * Returns the results in the order of the rows. After a failure no other row is begun; requests
   * that are under way come to their end, because they are paid for.
   *
   * @param done receives the number of rows done
   * @throws ModelException the first failure
   */
  static <T, R> List<R> all(List<T> rows, int parallelism, Work<T, R> work, LongConsumer done)
      throws ModelException, InterruptedException {
    List<@Nullable R> results = new ArrayList<>(Collections.nCopies(rows.size(), null));
    AtomicInteger next = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService workers = Executors.newFixedThreadPool(parallelism);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int worker = 0; worker < parallelism; worker++) {
        futures.add(
            workers.submit(
                () -> {
                  boolean ended = false;
                  try {
                    int row = next.getAndIncrement();
                    while (row < rows.size() && !stopped.get()) {
                      results.set(row, work.on(rows.get(row)));
                      done.accept(count.incrementAndGet());
                      row = next.getAndIncrement();
                    }
                    ended = true;
                  } finally {
                    stopped.compareAndSet(false, !ended);
                  }
                  return null;
                }));
      }
      await(futures);
    } finally {
      stopped.set(true);
      workers.shutdownNow();
    }
    List<R> all = new ArrayList<>(rows.size());
    for (R result : results) {
      if (result == null) {
        throw new IllegalStateException("a row was left out");
      }
      all.add(result);
    }
    return all;
  }

  private static void await(List<Future<?>> futures) throws ModelException, InterruptedException {
    ExecutionException first = null;
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        first = first == null ? e : first;
      }
    }
    if (first == null) {
      return;
    }
    Throwable cause = first.getCause();
    if (cause instanceof ModelException failure) {
      throw failure;
    }
    if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("asking for a row failed", cause);
  }
}
