package dev.attune.runner;

import dev.attune.runner.execution.LocalExecution;
import dev.attune.runner.step.StepMetrics;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.util.UserCodeException;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** A run of {@link LocalRunner}. */
final class LocalResult implements PipelineResult {
  /** How long cancelling waits for code that does not react to an interrupt. */
  private static final long LONGEST_CANCEL = TimeUnit.SECONDS.toMillis(30);

  private final LocalExecution execution;
  private final StepMetrics metrics;

  LocalResult(LocalExecution execution, StepMetrics metrics) {
    this.execution = execution;
    this.metrics = metrics;
  }

  @Override
  public State getState() {
    return execution.state();
  }

  /**
   * Ends the run; returns when its threads have ended and its temporary files are deleted. When a
   * DoFn of the run calls it, it returns at once, and the DoFn's bundle ends at its next element.
   */
  @Override
  public State cancel() {
    execution.cancel();
    if (!execution.isOwnThread()) {
      awaitEnd();
    }
    return execution.state();
  }

  private void awaitEnd() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_CANCEL);
    while (true) {
      try {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        execution.await(Math.max(0, left));
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public State waitUntilFinish() {
    State state = waitFor(Long.MAX_VALUE);
    return state == null ? execution.state() : state;
  }

  /**
   * Waits at most this long; zero and less mean without a limit. Null if the time was too short.
   */
  @Override
  @SuppressWarnings("NullAway")
  public State waitUntilFinish(Duration duration) {
    long milliseconds = duration == null ? 0 : duration.getMillis();
    return waitFor(milliseconds <= 0 ? Long.MAX_VALUE : milliseconds);
  }

  private @Nullable State waitFor(long milliseconds) {
    if (execution.isOwnThread()) {
      throw new IllegalStateException(
          "waitUntilFinish was called by a DoFn of the pipeline that it waits for.");
    }
    try {
      if (!execution.await(milliseconds)) {
        return null;
      }
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "The thread that waited for the pipeline was interrupted.", e);
    }
    Throwable failure = execution.failure();
    if (failure != null) {
      throw new PipelineExecutionException(
          failure instanceof UserCodeException ? failure.getCause() : failure);
    }
    return execution.state();
  }

  @Override
  public MetricResults metrics() {
    return metrics.results();
  }
}
