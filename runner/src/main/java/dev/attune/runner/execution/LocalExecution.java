package dev.attune.runner.execution;

import dev.attune.runner.step.RunContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.PipelineResult.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of all stages. */
public final class LocalExecution {
  private static final Logger LOG = LoggerFactory.getLogger(LocalExecution.class);

  private final RunContext run;
  private final WorkerPool pool;
  private final List<StageExecution> stages = new ArrayList<>();
  private final AtomicInteger remaining = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile State state = State.RUNNING;
  private volatile @Nullable Throwable failure;

  /** Prepares the run of these stages. */
  @SuppressWarnings("this-escape")
  public LocalExecution(RunContext run, List<FusedStage> stages) {
    this.run = run;
    this.pool = new WorkerPool(run.threads(), this::end);
    Map<FusedStage, StageExecution> runs = new LinkedHashMap<>();
    for (FusedStage stage : stages) {
      runs.put(stage, new StageExecution(this, stage));
    }
    runs.forEach(
        (stage, stageRun) -> {
          for (FusedStage dependency : stage.dependencies()) {
            StageExecution earlier = runs.get(dependency);
            if (earlier == null) {
              throw new IllegalStateException("Unknown stage " + dependency.name());
            }
            earlier.addDependent(stageRun);
          }
        });
    this.stages.addAll(runs.values());
    remaining.set(this.stages.size());
  }

  /** Starts the run. */
  public void start() {
    List<Runnable> ready = new ArrayList<>();
    for (StageExecution stage : stages) {
      if (stage.isReady()) {
        ready.add(stage::start);
      }
    }
    if (ready.isEmpty()) {
      pool.stop(false);
    } else {
      pool.submit(ready, false);
    }
  }

  RunContext run() {
    return run;
  }

  WorkerPool pool() {
    return pool;
  }

  /** Called when a stage has ended; the stages that waited for it only are started. */
  void stageEnded(StageExecution stage) {
    List<Runnable> ready = new ArrayList<>();
    for (StageExecution dependent : stage.dependents()) {
      if (dependent.dependencyEnded()) {
        ready.add(dependent::start);
      }
    }
    if (!ready.isEmpty()) {
      pool.submit(ready, false);
    }
    if (remaining.decrementAndGet() == 0) {
      pool.stop(false);
    }
  }

  /** Ends the run because a bundle failed; only the first failure counts. */
  void fail(Throwable cause) {
    synchronized (this) {
      if (failure != null || run.stop().isStopped()) {
        return;
      }
      failure = cause;
      run.stop().stop();
    }
    pool.stop(true);
  }

  /** Ends the run. */
  public State cancel() {
    synchronized (this) {
      if (ended.getCount() == 0) {
        return state;
      }
      if (!run.stop().isStopped()) {
        run.stop().stop();
      }
    }
    pool.stop(true);
    return state;
  }

  /** Runs in the last thread. */
  private void end() {
    try {
      cleanUp();
    } finally {
      // A waiting caller must be released even if cleaning up failed.
      setLastState();
      ended.countDown();
    }
  }

  private void cleanUp() {
    // Cleaning up must not be interrupted by what ended the run.
    Thread.interrupted();
    for (StageExecution stage : stages) {
      stage.tearDown();
    }
    try {
      run.folder().close();
    } catch (IOException e) {
      LOG.warn("The temporary folder could not be deleted; the next run deletes it.", e);
    }
  }

  private void setLastState() {
    if (failure == null && remaining.get() != 0 && !run.stop().isStopped()) {
      failure =
          new IllegalStateException(
              "A thread of the runner ended before its work was done. Look for an error in the"
                  + " log.");
    }
    if (failure != null) {
      state = State.FAILED;
    } else if (remaining.get() == 0) {
      state = State.DONE;
    } else {
      state = State.CANCELLED;
    }
  }

  /** Whether the calling thread is one of the run, which cannot wait for the run's end. */
  public boolean isOwnThread() {
    return pool.isOwnThread();
  }

  /** The state of the run. */
  public State state() {
    return state;
  }

  /** The exception that ended the run, or null. */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Waits until everything has ended, threads and files included; false after the time. */
  public boolean await(long milliseconds) throws InterruptedException {
    return ended.await(milliseconds, TimeUnit.MILLISECONDS);
  }
}
