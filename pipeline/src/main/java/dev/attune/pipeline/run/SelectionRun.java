package dev.attune.pipeline.run;

import dev.attune.config.SourcesConfig.Feedback;
import dev.attune.filesystem.FileMode;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.ImproveRequest;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.PrepareStage;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.run.flink.FlinkConfiguration;
import dev.attune.pipeline.selection.SelectedRows;
import dev.attune.pipeline.selection.SelectionFolder;
import dev.attune.pipeline.source.SourceException;
import dev.attune.pipeline.source.feedback.FeedbackDatabase;
import dev.attune.pipeline.source.feedback.FeedbackPlan;
import dev.attune.pipeline.source.feedback.ReadFeedback;
import dev.attune.pipeline.source.file.storage.InputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;

/** One selection of rows that are to be improved, on a runner of this machine. */
public final class SelectionRun {
  /** The stages of the pipeline. */
  @FunctionalInterface
  public interface Graph {
    /** Adds the stages to a pipeline. */
    void build(Pipeline pipeline, FeedbackPlan plan, SelectionFolder folder);
  }

  private static final String FOLDER = "attune-improve-";

  private final ImproveRequest request;
  private final Graph graph;

  private SelectionRun(ImproveRequest request, Graph graph) {
    this.request = request;
    this.graph = graph;
  }

  /**
   * Returns a run that was not started yet.
   *
   * @param graph adds the stages to the pipeline
   */
  public static SelectionRun of(ImproveRequest request, Graph graph) {
    return new SelectionRun(request, graph);
  }

  /** Runs the pipeline, waits for its end and returns the rows. */
  public SelectedRows run(PrepareProgress progress) throws PrepareRefusedException {
    FeedbackPlan plan = plan(progress);
    PrepareRunner asked = request.runner();
    long bytes =
        plan.watermark().rows() * ReadFeedback.ROW_BYTES
            + plan.improvements().stream().mapToLong(InputFile::unpackedBytes).sum();
    PrepareRunner runner =
        asked == null ? EngineSizing.suitable(bytes, Runtime.getRuntime().maxMemory()) : asked;
    PipelineOptions options = RunnerOptions.of(List.of(), runner);
    FileSystems.setDefaultPipelineOptions(options);
    try (WorkFolder folder = workFolder()) {
      return run(plan, options, folder.temporary(), progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a private folder below the system's folder for temporary files. Texts that a killed
   * process left there are removed by the next one.
   */
  private static WorkFolder workFolder() throws PrepareRefusedException, IOException {
    Path parent =
        Path.of(
            System.getProperty("java.io.tmpdir"), FOLDER + System.getProperty("user.name", "me"));
    String id = UUID.randomUUID().toString();
    return Objects.requireNonNull(
        WorkFolder.open(parent.toAbsolutePath(), id, FileMode.PRIVATE, "java.io.tmpdir"));
  }

  private FeedbackPlan plan(PrepareProgress progress) throws PrepareRefusedException {
    Feedback feedback = request.config().dataset().sources().feedback();
    if (feedback == null) {
      throw new PrepareRefusedException(Messages.of("pipeline.run.no-feedback"));
    }
    progress.at(PrepareStage.DATABASE, -1, 0);
    try {
      return FeedbackDatabase.of(
              feedback.awaitingImprovements(), request.config().folder(), request.environment())
          .inspect();
    } catch (SourceException e) {
      throw PrepareRefusedException.of(e);
    }
  }

  private SelectedRows run(
      FeedbackPlan plan, PipelineOptions options, Path temporary, PrepareProgress progress)
      throws PrepareRefusedException, IOException {
    FlinkConfiguration.apply(options, temporary);
    RunnerOptions.spillInto(temporary, options, List.of());
    SelectionFolder folder = new SelectionFolder(temporary.toString());
    Pipeline pipeline = Pipeline.create(options);
    graph.build(pipeline, plan, folder);
    StageReporter stages =
        new StageReporter(plan.watermark().rows() * ReadFeedback.ROW_BYTES, true);
    PipelineExecution.run(pipeline, null, () -> stages.report(progress));
    Optional<String> refusal = folder.refusal();
    if (refusal.isPresent()) {
      throw new PrepareRefusedException(refusal.orElseThrow());
    }
    return folder.rows();
  }
}
