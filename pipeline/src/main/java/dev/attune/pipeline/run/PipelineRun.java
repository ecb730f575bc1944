package dev.attune.pipeline.run;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DatasetConfig.OutputConfig;
import dev.attune.message.Messages;
import dev.attune.pipeline.accounting.RunSummary;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRequest;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.pipeline.run.dataflow.DataflowArguments;
import dev.attune.pipeline.run.dataflow.DataflowRequirements;
import dev.attune.pipeline.run.flink.FlinkCluster;
import dev.attune.pipeline.run.flink.FlinkConfiguration;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.file.storage.InputFile;
import dev.attune.pipeline.write.Outcome;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.destination.PublicationStop;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.place.PlaceException;
import dev.attune.place.UnansweredCallException;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** One run of prepare, from the check of its request to its result. */
public final class PipelineRun {
  /** The stages of the pipeline. */
  @FunctionalInterface
  public interface Graph {
    /** Adds the stages to a pipeline. */
    void build(Pipeline pipeline, PreparePlan plan, Publication publication);
  }

  private static final Pattern RUN_ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  // A limit is for trials, and the hashes of all selected records are held in memory.
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
      throw new PrepareRefusedException(Messages.of("pipeline.run.id", RUN_ID));
    }
    Long limit = request.limit();
    if (limit != null && (limit < 1 || limit > MAXIMUM_LIMIT)) {
      throw new PrepareRefusedException(Messages.of("pipeline.run.limit", MAXIMUM_LIMIT));
    }
    PrepareRunner requested = request.runner();
    PrepareRunner runner = requested == null ? PrepareRunner.LOCAL : requested;
    PipelineOptions options = options(request, runner);
    if (runner == PrepareRunner.DATAFLOW) {
      DataflowRequirements.checkTyped(request.beamOptions());
      DataflowRequirements.check(request.config(), options, request.previous());
    }
    return new PipelineRun(request, graph, options);
  }

  private static PipelineOptions options(PrepareRequest request, PrepareRunner runner)
      throws PrepareRefusedException {
    if (runner != PrepareRunner.DATAFLOW) {
      return RunnerOptions.of(request.beamOptions(), runner);
    }
    PipelineOptions options =
        RunnerOptions.of(
            request.beamOptions(), runner, DataflowArguments.of(request.config().dataflow()));
    DataflowArguments.askForRunnerV2(options);
    return options;
  }

  /**
   * Submits the pipeline to a runner elsewhere and does not wait for it.
   *
   * @return empty if the dataset stands already, and nothing was submitted
   * @throws PrepareRefusedException also if the runner is not {@link PrepareRunner#DATAFLOW}
   */
  public Optional<SubmittedJob> submit(PrepareProgress progress) throws PrepareRefusedException {
    if (request.runner() != PrepareRunner.DATAFLOW) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.dataflow.no-wait"), null);
    }
    refuseTemplate();
    return done(() -> onDataflow(progress).submit());
  }

  /** Returns the job elsewhere that this process waits for, if there is one. */
  public static Optional<SubmittedJob> awaited() {
    return DataflowRun.awaited();
  }

  private DataflowRun onDataflow(PrepareProgress progress)
      throws PrepareRefusedException, IOException {
    FileSystems.setDefaultPipelineOptions(firstOptions);
    requireBuckets();
    PreparePlan plan = PreparePlan.of(request, progress);
    DatasetManifest draft = DraftManifest.of(plan, request.runId());
    return new DataflowRun(plan, draft, firstOptions, graph, datasets(), progress);
  }

  /** Checks the buckets that are written before anything is read, which may take long. */
  private void requireBuckets() throws PlaceException {
    AttuneConfig config = request.config();
    if (config.resolve(config.dataset().output().directory()) instanceof ObjectPlace output) {
      CloudStorage.requireListable(output);
    }
    String temporary = firstOptions.as(DataflowPipelineOptions.class).getTempLocation();
    if (request.runner() == PrepareRunner.DATAFLOW
        && Place.of(String.valueOf(temporary), Place.of(Path.of("")))
            instanceof ObjectPlace place) {
      CloudStorage.requireListable(place);
    }
  }

  /** Returns the folder of the dataset's runs, which is in a bucket. */
  private ObjectPlace datasets() {
    AttuneConfig config = request.config();
    return (ObjectPlace)
        config.resolve(config.dataset().output().directory()).resolve(config.dataset().dataset());
  }

  /**
   * Writes the job that {@code --templateLocation} asks for, and submits nothing.
   *
   * @return where it was written
   * @throws PrepareRefusedException also if the option or the runner is another
   */
  public Place writeTemplate(PrepareProgress progress) throws PrepareRefusedException {
    String typed = firstOptions.as(DataflowPipelineOptions.class).getTemplateLocation();
    if (request.runner() != PrepareRunner.DATAFLOW || typed == null) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.dataflow.template"), null);
    }
    FileSystems.setDefaultPipelineOptions(firstOptions);
    return done(
        () -> {
          requireBuckets();
          Place place = Place.of(typed, Place.of(Path.of("").toAbsolutePath()));
          PreparePlan plan = PreparePlan.of(request, progress);
          DatasetManifest draft = DraftManifest.of(plan, request.runId());
          new DataflowTemplate(plan, draft, firstOptions, graph, datasets())
              .writeTo(place, progress);
          return place;
        });
  }

  private void refuseTemplate() throws PrepareRefusedException {
    if (firstOptions.as(DataflowPipelineOptions.class).getTemplateLocation() != null) {
      throw PrepareRefusedException.ofUsage(Messages.of("pipeline.dataflow.template"), null);
    }
  }

  /** Runs the pipeline and waits for its end. */
  public PrepareResult run(PrepareProgress progress) throws PrepareRefusedException {
    if (request.runner() == PrepareRunner.DATAFLOW) {
      refuseTemplate();
      return done(() -> onDataflow(progress).run());
    }
    return done(() -> runHere(progress));
  }

  /** A part of a run, which uses places. */
  @FunctionalInterface
  private interface PlaceWork<T> {
    T run() throws PrepareRefusedException, IOException;
  }

  /**
   * Does a part of a run.
   *
   * @throws PrepareRefusedException also if a place cannot be used as it is
   * @throws PrepareClusterException if Cloud Storage does not answer
   */
  private static <T> T done(PlaceWork<T> work) throws PrepareRefusedException {
    try {
      return work.run();
    } catch (UnansweredCallException e) {
      throw new PrepareClusterException(e.sentence(), e);
    } catch (PlaceException e) {
      throw new PrepareRefusedException(e.sentence(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PrepareResult runHere(PrepareProgress progress)
      throws PrepareRefusedException, IOException {
    FileSystems.setDefaultPipelineOptions(firstOptions);
    requireBuckets();
    PreparePlan plan = PreparePlan.of(request, progress);
    PrepareRunner requested = request.runner();
    PrepareRunner runner =
        requested == null
            ? plan.sizing().suitableRunner(Runtime.getRuntime().maxMemory())
            : requested;
    PipelineOptions options = RunnerOptions.of(request.beamOptions(), runner);
    FlinkCluster cluster = FlinkCluster.of(options);
    if (cluster != null) {
      cluster.requireUsable();
    }
    DatasetManifest draft = DraftManifest.of(plan, request.runId());
    AttuneConfig config = request.config();
    OutputConfig output = config.dataset().output();
    Place datasets = config.resolve(output.directory()).resolve(config.dataset().dataset());
    RunFolder.Workers workers =
        new RunFolder.Workers(RunnerOptions.temporaryFolder(options), cluster != null);
    try (RunFolder folder =
        RunFolder.open(datasets, draft.identity().runId(), output.mode(), workers, progress)) {
      folder.requireReadableManifest();
      Place target = folder.target().folder();
      PublicationStop.expect(target, () -> PipelineExecution.cancel(cluster), folder::abandon);
      FlinkConfiguration.apply(options, folder.temporary());
      RunnerOptions.spillInto(folder.temporary(), options, request.beamOptions());
      if (cluster != null) {
        cluster.prepareFor(target);
      }
      Publication publication = PublicationPlan.of(plan, draft, folder);
      Pipeline pipeline = Pipeline.create(options);
      graph.build(pipeline, plan, publication);
      progress.running(runner);
      Runnable reports = reporter(cluster, plan, progress);
      PipelineExecution.run(
          pipeline,
          cluster,
          () -> {
            folder.requireHeld();
            reports.run();
          });
      return result(Outcome.read(publication.temporary()), target);
    }
  }

  private static Runnable reporter(
      @Nullable FlinkCluster cluster, PreparePlan plan, PrepareProgress progress) {
    if (cluster != null) {
      return () -> cluster.report(progress);
    }
    FeedbackPlan feedback = plan.feedback();
    List<InputFile> improvements = feedback == null ? List.of() : feedback.improvements();
    StageReporter stages =
        new StageReporter(
            plan.sizing().inputBytes() + improvements.stream().mapToLong(InputFile::bytes).sum(),
            plan.limit() != null);
    return () -> stages.report(progress);
  }

  static PrepareResult result(Outcome outcome, Place target) throws PrepareRefusedException {
    RunSummary summary = outcome.summary();
    if (outcome.kind() == Outcome.Kind.REFUSED || summary == null) {
      throw new PrepareRefusedException(String.valueOf(outcome.sentence()), summary);
    }
    return new PrepareResult(target, outcome.kind() == Outcome.Kind.UNCHANGED, summary);
  }
}
