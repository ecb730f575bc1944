package dev.attune.pipeline.run;

import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.run.flink.FlinkCluster;
import dev.attune.pipeline.run.flink.FlinkConfiguration;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.file.InputFile;
import dev.attune.pipeline.write.Outcome;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.PublicationStop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** One call of prepare, from what can be refused at once to the outcome. */
public final class PipelineRun {
  /** Adds the stages of a dataset to a pipeline. */
  @FunctionalInterface
  public interface Graph {
    /** Adds them. */
    void build(Pipeline pipeline, Preparation prepared, Publication publication);
  }

  private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  // A try; and the hashes of so many records are held.
  private static final long MAXIMUM_LIMIT = 1_000_000;

  private final PrepareRequest request;
  private final Graph graph;
  private final PipelineOptions firstOptions;

  private PipelineRun(PrepareRequest request, Graph graph, PipelineOptions firstOptions) {
    this.request = request;
    this.graph = graph;
    this.firstOptions = firstOptions;
  }

  /**
   * Returns a run that was not started yet.
   *
   * @param graph adds the stages to the pipeline
   * @throws PrepareRefusedException if the run id, the limit or the runner's options are not valid
   */
  public static PipelineRun of(PrepareRequest request, Graph graph) throws PrepareRefusedException {
    String runId = request.runId();
    if (runId != null && !RUN_ID.matcher(runId).matches()) {
      throw new PrepareRefusedException(
          "The run id must match " + RUN_ID + ": choose another --run-id.");
    }
    Long limit = request.limit();
    if (limit != null && (limit < 1 || limit > MAXIMUM_LIMIT)) {
      throw new PrepareRefusedException(
          "--limit takes 1 to " + MAXIMUM_LIMIT + " records of each source; leave it out for all.");
    }
    PrepareRunner runner = request.runner();
    return new PipelineRun(
        request,
        graph,
        RunnerOptions.of(request.beamOptions(), runner == null ? PrepareRunner.DIRECT : runner));
  }

  public PrepareResult run(PrepareProgress progress) throws PrepareRefusedException {
    FileSystems.setDefaultPipelineOptions(firstOptions);
    Preparation prepared = Preparation.of(request, progress);
    PrepareRunner asked = request.runner();
    PrepareRunner runner = asked == null ? prepared.suitableRunner() : asked;
    PipelineOptions options = RunnerOptions.of(request.beamOptions(), runner);
    FlinkCluster cluster = FlinkCluster.of(options);
    if (cluster != null) {
      cluster.requireUsable();
    }
    Path datasets =
        request
            .config()
            .resolve(request.config().dataset().output().directory())
            .resolve(request.config().dataset().dataset());
    try (RunFolder folder =
        RunFolder.open(datasets, prepared.runId(), request.config().dataset().output().mode())) {
      StandingDataset.requireReadable(folder.target());
      PublicationStop.expect(folder.target(), () -> PipelineExecution.cancel(cluster));
      FlinkConfiguration.apply(options, folder.temporary());
      if (cluster != null) {
        cluster.prepareFor(folder.target());
      }
      Publication publication = prepared.publication(folder);
      Pipeline pipeline = Pipeline.create(options);
      graph.build(pipeline, prepared, publication);
      progress.running(runner);
      PipelineExecution.run(pipeline, cluster, watch(cluster, prepared, progress));
      return result(Outcome.read(publication.temporary()), folder.target());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Runnable watch(
      @Nullable FlinkCluster cluster, Preparation prepared, PrepareProgress progress) {
    if (cluster != null) {
      return () -> cluster.tell(progress);
    }
    FeedbackPlan feedback = prepared.feedback();
    List<InputFile> improvements = feedback == null ? List.of() : feedback.improvements();
    StageWatch stages =
        new StageWatch(
            prepared.inputBytes() + improvements.stream().mapToLong(InputFile::bytes).sum(),
            prepared.limit() != null);
    return () -> stages.tell(progress);
  }

  private static PrepareResult result(Outcome outcome, Path target) throws PrepareRefusedException {
    if (outcome.kind() == Outcome.Kind.REFUSED || outcome.report() == null) {
      throw new PrepareRefusedException(String.valueOf(outcome.sentence()), outcome.report());
    }
    return new PrepareResult(target, outcome.kind() == Outcome.Kind.UNCHANGED, outcome.report());
  }
}
