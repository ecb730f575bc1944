package dev.attune.runner;

import dev.attune.runner.execution.FusedStage;
import dev.attune.runner.execution.LocalExecution;
import dev.attune.runner.fusion.ExecutionGraph;
import dev.attune.runner.spill.MemoryBudget;
import dev.attune.runner.spill.SpillFolder;
import dev.attune.runner.step.Enforcement;
import dev.attune.runner.step.RunContext;
import dev.attune.runner.step.StepMetrics;
import dev.attune.runner.step.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs bounded pipelines in this process.
 *
 * <p>Steps that need no regrouping are fused and pass elements to each other directly. Grouped
 * elements are kept encoded in the heap, and in temporary files when they exceed the budget of
 * {@link LocalOptions#getLocalMemory}. The first exception ends the run, as with DirectRunner.
 *
 * <p>Unbounded PCollections, TestStream, and state and timers in windows that merge are refused by
 * {@link #run} with an {@link UnsupportedOperationException} that names the transform.
 */
public final class LocalRunner extends PipelineRunner<PipelineResult> {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRunner.class);

  private final LocalOptions options;

  private LocalRunner(LocalOptions options) {
    this.options = options;
  }

  /** Called by Beam to create the runner. */
  public static LocalRunner fromOptions(PipelineOptions options) {
    LocalOptions local = options.as(LocalOptions.class);
    if (local.getLocalParallelism() < 1) {
      throw new IllegalArgumentException(
          "--localParallelism is %d and must be at least 1".formatted(local.getLocalParallelism()));
    }
    if (local.getLocalMemory() < 0) {
      throw new IllegalArgumentException(
          "--localMemory is %d and must not be negative".formatted(local.getLocalMemory()));
    }
    return new LocalRunner(local);
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    Path parent = Path.of(options.getLocalTempFolder());
    deleteAbandoned(parent);
    RunContext run =
        new RunContext(
            options,
            options.getLocalParallelism(),
            new MemoryBudget(options.getLocalMemory()),
            new SpillFolder(parent),
            new StepMetrics(),
            new Enforcement(options.isLocalEncodabilityCheck(), options.isLocalImmutabilityCheck()),
            new StopSignal());
    List<FusedStage> stages = ExecutionGraph.stagesOf(pipeline, run);
    MetricsEnvironment.setMetricsSupported(true);
    LocalExecution execution = new LocalExecution(run, stages);
    execution.start();
    LocalResult result = new LocalResult(execution, run.metrics());
    if (options.isLocalBlocking()) {
      result.waitUntilFinish();
    }
    return result;
  }

  private static void deleteAbandoned(Path parent) {
    try {
      SpillFolder.deleteAbandoned(parent);
    } catch (IOException e) {
      LOG.warn("Temporary files of an ended process in {} could not be deleted.", parent, e);
    }
  }
}
