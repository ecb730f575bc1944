package dev.attune.pipeline.run;

import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.run.dataflow.DataflowService;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.destination.BucketTarget;
import dev.attune.pipeline.write.destination.RunLock;
import dev.attune.pipeline.write.destination.UnlockedBucket;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.ObjectPlace;
import dev.attune.place.Place;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Writes the job of a run as a file, and submits nothing. Holds no lock, and writes nothing beside
 * the datasets: the parts of the job will be below Dataflow's temporary location.
 */
final class DataflowTemplate {
  private final PreparePlan plan;
  private final DatasetManifest draft;
  private final PipelineOptions options;
  private final PipelineRun.Graph graph;
  private final ObjectPlace datasets;

  /**
   * Plans a template.
   *
   * @param datasets the folder of the dataset's runs
   */
  DataflowTemplate(
      PreparePlan plan,
      DatasetManifest draft,
      PipelineOptions options,
      PipelineRun.Graph graph,
      ObjectPlace datasets) {
    this.plan = plan;
    this.draft = draft;
    this.options = options;
    this.graph = graph;
    this.datasets = datasets;
  }

  /** Writes the file, also where another one stands. */
  void writeTo(Place place, PrepareProgress progress) throws PrepareRefusedException, IOException {
    DataflowService service = new DataflowService(options, DataflowRun.identity(draft), progress);
    DataflowRun.tellPlan(service, plan, options, progress);
    Path folder =
        Files.createTempDirectory(
            Files.createDirectories(RunnerOptions.temporaryFolder(options)), "attune-template-");
    Path call = folder.resolve("job.json");
    byte[] job;
    try {
      service.prepare(call);
      Publication publication = publication(service.name());
      Pipeline pipeline = DataflowService.pipeline(options);
      graph.build(pipeline, plan, publication);
      job = service.call(pipeline, call, plan.config().dataflow().labels());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      Files.deleteIfExists(call);
      Files.deleteIfExists(folder);
    }
    place.replace(job);
    progress.tell(Messages.of("pipeline.dataflow.template-written", service.name(), place));
  }

  private Publication publication(String job) {
    String runId = draft.identity().runId();
    RunLock lock =
        new RunLock(new LeftOverObjects(datasets, runId).lock(runId), UUID.randomUUID().toString());
    String parts =
        "%s/%s-%s/"
            .formatted(
                String.valueOf(options.getTempLocation()).replaceAll("/+$", ""),
                job,
                UUID.randomUUID());
    return PublicationPlan.of(
        plan,
        draft,
        new UnlockedBucket(new BucketTarget(datasets.resolve(runId), lock)),
        new TemporaryFolder(parts));
  }
}
