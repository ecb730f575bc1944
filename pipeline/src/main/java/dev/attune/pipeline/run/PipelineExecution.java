package dev.attune.pipeline.run;

import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.run.flink.FlinkCluster;
import dev.attune.pipeline.run.flink.FlinkFault;
import dev.attune.pipeline.source.feedback.SourceLostException;
import dev.attune.place.UnansweredCallException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs a pipeline to its end and reports its progress. */
final class PipelineExecution {
  private static final long POLL_MILLIS = 500;

  // Beam's API takes Joda-Time; parsing is the only factory that the checkers allow.
  private static final Duration POLL = Duration.parse("PT0.5S");

  private PipelineExecution() {}

  /** What is done every half second while the pipeline runs. */
  @FunctionalInterface
  interface Watch {
    /**
     * Reports the progress.
     *
     * @throws PrepareRefusedException if the run can publish nothing and is to be ended
     */
    void look() throws PrepareRefusedException;
  }

  /**
   * Runs a pipeline and waits for its end.
   *
   * @param cluster that runs the pipeline, or null for this process
   * @param watch called every half second
   * @throws PrepareRefusedException if the connection to a source was lost, or the watch ends it
   * @throws PrepareClusterException if the cluster or Cloud Storage was lost, or the job failed
   * @throws IllegalStateException if the pipeline failed otherwise
   */
  static void run(Pipeline pipeline, @Nullable FlinkCluster cluster, Watch watch)
      throws PrepareRefusedException {
    // When Ctrl-C ends this process, the job on the cluster must end as well.
    Thread atExit = new Thread(() -> cancel(cluster), "attune-cancels-the-job");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      runToItsEnd(pipeline, watch);
    } catch (PrepareRefusedException e) {
      cancel(cluster);
      throw e;
    } catch (Pipeline.PipelineExecutionException e) {
      throw failure(e, cluster);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), cluster);
    } finally {
      forget(atExit);
    }
  }

  /** Cancels the job on a cluster; does nothing if this process runs the pipeline. */
  static void cancel(@Nullable FlinkCluster cluster) {
    if (cluster != null) {
      cluster.cancel();
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is shutting down, and the hook runs.
      return;
    }
  }

  private static void runToItsEnd(Pipeline pipeline, Watch watch)
      throws ExecutionException, PrepareRefusedException {
    CompletableFuture<PipelineResult> started = new CompletableFuture<>();
    Thread thread = new Thread(() -> started.complete(pipeline.run()), "attune-runs-the-pipeline");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, failure) -> started.completeExceptionally(failure));
    thread.start();
    PipelineResult result = await(started, watch);
    PipelineResult.State state = result.waitUntilFinish(POLL);
    while (state == null || !state.isTerminal()) {
      look(watch, result);
      state = result.waitUntilFinish(POLL);
    }
    if (state != PipelineResult.State.DONE) {
      throw new ExecutionException(
          new IllegalStateException("the pipeline ended in state " + state));
    }
  }

  private static void look(Watch watch, PipelineResult result) throws PrepareRefusedException {
    try {
      watch.look();
    } catch (PrepareRefusedException e) {
      try {
        result.cancel();
      } catch (IOException | UnsupportedOperationException unable) {
        e.addSuppressed(unable); // it goes on, and publishes nothing
      }
      throw e;
    }
  }

  private static PipelineResult await(CompletableFuture<PipelineResult> started, Watch watch)
      throws ExecutionException, PrepareRefusedException {
    while (true) {
      try {
        return started.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        watch.look();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("prepare was interrupted", e);
      }
    }
  }

  /** Returns what Cloud Storage did not answer, if that was the reason. */
  private static Optional<String> unansweredIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnansweredCallException call) {
        return Optional.of(call.sentence());
      }
    }
    return Optional.empty();
  }

  private static RuntimeException failure(
      @Nullable Throwable failure, @Nullable FlinkCluster cluster) throws PrepareRefusedException {
    Throwable known = failure == null ? new IllegalStateException("no cause") : failure;
    Optional<String> lost = SourceLostException.sentenceIn(known);
    if (lost.isPresent()) {
      throw new PrepareRefusedException(lost.orElseThrow(), known);
    }
    Optional<String> unanswered = unansweredIn(known);
    if (unanswered.isPresent()) {
      return new PrepareClusterException(unanswered.orElseThrow(), known);
    }
    if (known instanceof Error error) {
      throw error;
    }
    if (cluster != null) {
      return cluster.failure(known);
    }
    if (FlinkFault.isOfTooLargeARecord(known)) {
      throw new PrepareRefusedException(Messages.of("pipeline.runner.group-too-large"), known);
    }
    return known instanceof Pipeline.PipelineExecutionException direct
        ? direct
        : new IllegalStateException("the pipeline failed with " + FlinkFault.reason(known), known);
  }
}
