package dev.attune.runner.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of threads, each with a queue of its own: a thread takes its newest task, and
 * steals the oldest task of another thread when its own queue is empty. Threads are started when
 * there is work for them. A thread without work waits; no thread spins.
 *
 * <p>Tasks that are likely to end at once are not worth waking a thread for: they cannot be stolen
 * for a few milliseconds, in which the thread that submitted them usually has done them.
 */
final class WorkerPool {
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(4);
  private static final long STACK_BYTES = 8 << 20;

  private final int threads;
  private final Runnable whenEnded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final List<Worker> workers = new ArrayList<>();
  private int waiting;
  private int alive;
  private boolean scouting;
  private boolean stopped;

  private record Queued(Runnable task, long stealableAt) {}

  /** Creates a pool. {@code whenEnded} runs in the last thread, after {@link #stop}. */
  WorkerPool(int threads, Runnable whenEnded) {
    this.threads = threads;
    this.whenEnded = whenEnded;
  }

  /** Adds tasks to the queue of the calling thread, or of the first one. */
  void submit(List<? extends Runnable> tasks, boolean urgent) {
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      Worker own = own();
      long stealableAt = System.nanoTime() + (urgent ? 0 : PATIENCE);
      for (Runnable task : tasks) {
        own.queue.addLast(new Queued(task, stealableAt));
      }
      int others = own.queue.size() - 1;
      if (urgent) {
        wake(others);
      } else if (others > 0 && !scouting) {
        wake(1);
      }
    } finally {
      lock.unlock();
    }
  }

  private Worker own() {
    if (isOwnThread()) {
      return (Worker) Thread.currentThread();
    }
    return workers.isEmpty() ? start() : workers.get(0);
  }

  /** Whether the calling thread is one of the pool. */
  boolean isOwnThread() {
    return Thread.currentThread() instanceof Worker worker && worker.pool() == this;
  }

  private void wake(int count) {
    for (int i = 0; i < count; i++) {
      if (i < waiting) {
        work.signal();
      } else if (workers.size() < threads) {
        start();
      }
    }
  }

  private Worker start() {
    Worker worker = new Worker(workers.size());
    // Starting may fail; only threads that run are counted.
    worker.start();
    workers.add(worker);
    alive++;
    return worker;
  }

  /** Ends all threads; with {@code interrupt} also those that run a task. */
  void stop(boolean interrupt) {
    boolean ended;
    lock.lock();
    try {
      ended = !stopped && alive == 0;
      stopped = true;
      for (Worker worker : workers) {
        worker.queue.clear();
        if (interrupt && worker != Thread.currentThread()) {
          worker.interrupt();
        }
      }
      work.signalAll();
    } finally {
      lock.unlock();
    }
    if (ended) {
      whenEnded.run();
    }
  }

  private @Nullable Runnable take(Worker worker) {
    lock.lock();
    try {
      while (!stopped) {
        // A task may have left the thread interrupted.
        Thread.interrupted();
        Queued own = worker.queue.pollLast();
        if (own != null) {
          return own.task();
        }
        Worker victim = victim();
        long patience = victim == null ? 0 : patience(victim.queue.getFirst());
        if (victim != null && patience <= 0) {
          Runnable stolen = victim.queue.removeFirst().task();
          // What had to be stolen takes longer: the next thread comes for what is left.
          if (victim() != null) {
            wake(1);
          }
          return stolen;
        }
        waiting++;
        boolean scout = victim != null && !scouting;
        scouting = scouting || scout;
        try {
          if (scout) {
            work.awaitNanos(patience);
          } else {
            work.await();
          }
        } catch (InterruptedException e) {
          // The loop looks whether the pool was stopped.
          Thread.currentThread().interrupt();
        } finally {
          waiting--;
          scouting = scouting && !scout;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private static long patience(Queued task) {
    return task.stealableAt() - System.nanoTime();
  }

  private @Nullable Worker victim() {
    Worker oldest = null;
    for (Worker worker : workers) {
      Queued first = worker.queue.peekFirst();
      if (first != null
          && (oldest == null || first.stealableAt() - oldest.queue.getFirst().stealableAt() < 0)) {
        oldest = worker;
      }
    }
    return oldest;
  }

  private void ended() {
    boolean last;
    lock.lock();
    try {
      alive--;
      last = alive == 0 && stopped;
    } finally {
      lock.unlock();
    }
    if (last) {
      whenEnded.run();
    }
  }

  /** A thread of the pool. */
  private final class Worker extends Thread {
    private final Deque<Queued> queue = new ArrayDeque<>();

    Worker(int number) {
      super(null, null, "local-runner-" + number, STACK_BYTES);
      setDaemon(false);
    }

    WorkerPool pool() {
      return WorkerPool.this;
    }

    @Override
    public void run() {
      boolean asPlanned = false;
      try {
        Runnable task = take(this);
        while (task != null) {
          task.run();
          task = take(this);
        }
        asPlanned = true;
      } finally {
        // Without this thread the run might never end.
        if (!asPlanned) {
          WorkerPool.this.stop(true);
        }
        ended();
      }
    }
  }
}
