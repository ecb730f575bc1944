package dev.attune.pipeline.run;

import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.run.flink.FlinkCluster;
import dev.attune.pipeline.run.flink.FlinkFault;
import dev.attune.pipeline.source.feedback.SourceLostException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs a pipeline to its end and says how far it is. */
final class PipelineExecution {
  private static final long POLL_MILLIS = 500;

  // Beam asks for Joda-Time, whose other ways to say half a second the checkers refuse.
  private static final Duration POLL = Duration.parse("PT0.5S");

  private PipelineExecution() {}

  /**
   * Runs it.
   *
   * @param cluster that runs it, or null: this process
   * @param tell says how far it is; called every half second
   * @throws PrepareRefusedException if a source was lost meanwhile
   * @throws PrepareClusterException if the cluster was lost, or gave it up
   * @throws IllegalStateException if it did not end well otherwise
   */
  static void run(Pipeline pipeline, @Nullable FlinkCluster cluster, Runnable tell)
      throws PrepareRefusedException {
    // Ctrl-C ends this process; the job that it waits for must end, too.
    Thread atExit = new Thread(() -> cancel(cluster), "attune-cancels-the-job");
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      runToItsEnd(pipeline, tell);
    } catch (Pipeline.PipelineExecutionException e) {
      throw failure(e, cluster);
    } catch (ExecutionException e) {
      throw failure(e.getCause(), cluster);
    } finally {
      forget(atExit);
    }
  }

  /** Ends the job on a cluster; does nothing where this process runs the pipeline. */
  static void cancel(@Nullable FlinkCluster cluster) {
    if (cluster != null) {
      cluster.cancel();
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // It is being shut down just now: the hook runs.
      return;
    }
  }

  private static void runToItsEnd(Pipeline pipeline, Runnable tell) throws ExecutionException {
    CompletableFuture<PipelineResult> begun = new CompletableFuture<>();
    Thread thread = new Thread(() -> begun.complete(pipeline.run()), "attune-runs-the-pipeline");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((dead, failure) -> begun.completeExceptionally(failure));
    thread.start();
    PipelineResult result = await(begun, tell);
    PipelineResult.State state = result.waitUntilFinish(POLL);
    while (state == null || !state.isTerminal()) {
      tell.run();
      state = result.waitUntilFinish(POLL);
    }
    if (state != PipelineResult.State.DONE) {
      throw new ExecutionException(
          new IllegalStateException("the pipeline ended in state " + state));
    }
  }

  private static PipelineResult await(CompletableFuture<PipelineResult> begun, Runnable tell)
      throws ExecutionException {
    while (true) {
      try {
        return begun.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        tell.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("prepare was interrupted", e);
      }
    }
  }

  private static RuntimeException failure(
      @Nullable Throwable failure, @Nullable FlinkCluster cluster) throws PrepareRefusedException {
    Throwable known = failure == null ? new IllegalStateException("no cause") : failure;
    Optional<String> lost = SourceLostException.sentenceIn(known);
    if (lost.isPresent()) {
      throw new PrepareRefusedException(lost.orElseThrow(), known);
    }
    if (known instanceof Error error) {
      throw error;
    }
    if (cluster != null) {
      return cluster.failure(known);
    }
    if (FlinkFault.isOfTooLargeARecord(known)) {
      throw new PrepareRefusedException(
          "A group, or what is joined to one, has more records than Flink sorts at a time here: run"
              + " with --runner direct and a heap for all records (ATTUNE_JAVA_OPTS=-Xmx8g), or"
              + " divide the group.",
          known);
    }
    return known instanceof Pipeline.PipelineExecutionException direct
        ? direct
        : new IllegalStateException("the pipeline failed with " + FlinkFault.reason(known), known);
  }
}
