package dev.attune.pipeline.run;

import dev.attune.config.AttuneConfig;
import dev.attune.config.DataflowConfig;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.pipeline.prepare.PrepareResult;
import dev.attune.pipeline.prepare.PrepareRunner;
import dev.attune.pipeline.prepare.RunnerOptions;
import dev.attune.pipeline.prepare.SubmittedJob;
import dev.attune.pipeline.run.dataflow.DataflowJob;
import dev.attune.pipeline.run.dataflow.DataflowService;
import dev.attune.pipeline.run.dataflow.JobIdentity;
import dev.attune.pipeline.run.dataflow.JobPlan;
import dev.attune.pipeline.run.dataflow.LaunchPoint;
import dev.attune.pipeline.write.Outcome;
import dev.attune.pipeline.write.Publication;
import dev.attune.pipeline.write.destination.BucketTarget;
import dev.attune.pipeline.write.destination.PublicationStop;
import dev.attune.pipeline.write.destination.RunLock;
import dev.attune.pipeline.write.part.TemporaryFolder;
import dev.attune.place.CloudStorage;
import dev.attune.place.ObjectPlace;
import dev.attune.place.ObjectVersion;
import dev.attune.place.PlaceException;
import dev.attune.schema.DatasetManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A run whose stages run on Dataflow. Its job outlives this process: an active one is adopted, and
 * what has ended is judged by the manifest in the bucket alone.
 */
final class DataflowRun {
  private static final String JOB_FILE = "job.json";

  /** The job that this process waits for; null if there is none. */
  private static volatile @Nullable SubmittedJob awaited;

  private final PreparePlan plan;
  private final DatasetManifest draft;
  private final PipelineOptions options;
  private final PipelineRun.Graph graph;
  private final PrepareProgress progress;
  private final DataflowService service;
  private final ObjectPlace datasets;

  /**
   * Plans a run.
   *
   * @param datasets the folder of the dataset's runs
   */
  DataflowRun(
      PreparePlan plan,
      DatasetManifest draft,
      PipelineOptions options,
      PipelineRun.Graph graph,
      ObjectPlace datasets,
      PrepareProgress progress) {
    this.plan = plan;
    this.draft = draft;
    this.options = options;
    this.graph = graph;
    this.datasets = datasets;
    this.progress = progress;
    this.service = new DataflowService(options, identity(draft), progress);
  }

  /** Returns what the job of a run is for. */
  static JobIdentity identity(DatasetManifest draft) {
    DatasetManifest.Identity identity = draft.identity();
    return new JobIdentity(
        identity.dataset(),
        identity.runId(),
        identity.inputFingerprint(),
        Versions.all().getOrDefault("attune", ""));
  }

  /** Tells name and cost of a job, and refuses it if it costs too much. */
  static void tellPlan(
      DataflowService service, PreparePlan plan, PipelineOptions options, PrepareProgress progress)
      throws PrepareRefusedException {
    EngineSizing sizing = plan.sizing();
    new JobPlan(
            sizing.likelyRecords(),
            sizing.unpackedBytes(),
            plan.config().dataset().rules().duplicates().near())
        .tell(service.name(), options, plan.config().dataflow().maxCostUsd(), progress);
  }

  /** Returns the job that this process waits for, if there is one. */
  static Optional<SubmittedJob> awaited() {
    return Optional.ofNullable(awaited);
  }

  /**
   * A job, and what this process holds for it.
   *
   * @param folder null if the job was adopted
   */
  private record Started(DataflowJob job, @Nullable RunFolder folder) {}

  /** Makes the dataset: adopts or creates the job, and waits for its end. */
  PrepareResult run() throws PrepareRefusedException, IOException {
    Started started = start();
    if (started == null) {
      return standing(true);
    }
    DataflowJob job = started.job();
    boolean ended = false;
    awaited = submitted(job);
    try {
      RunFolder folder = started.folder();
      job.await(
          progress,
          () -> {
            LaunchPoint.POLLED.reached();
            if (folder != null) {
              folder.requireHeld();
            }
          });
      LaunchPoint.ENDED.reached();
      PrepareResult result = result(job);
      ended = true;
      return result;
    } catch (PrepareRefusedException | PrepareClusterException e) {
      ended = hasEnded(job, e);
      throw e;
    } finally {
      awaited = null;
      release(started, ended);
    }
  }

  /**
   * Adopts or creates the job, and leaves it to itself.
   *
   * @return empty if the dataset stands already
   */
  Optional<SubmittedJob> submit() throws PrepareRefusedException, IOException {
    Started started = start();
    if (started == null) {
      return Optional.empty();
    }
    release(started, false);
    return Optional.of(submitted(started.job()));
  }

  private SubmittedJob submitted(DataflowJob job) {
    return new SubmittedJob(service.name(), job.id(), job.console());
  }

  /** Returns null if the dataset stands already, and no job works on it. */
  private @Nullable Started start() throws PrepareRefusedException, IOException {
    DataflowJob active = service.active();
    LaunchPoint.LISTED.reached();
    if (active != null) {
      return adopted(active);
    }
    if (StandingDataset.find(target(), draft, true) != null) {
      return null;
    }
    tellPlan(service, plan, options, progress);
    RunFolder folder = lock();
    if (folder == null) {
      DataflowJob other = service.active();
      if (other == null) {
        throw new PrepareRefusedException(
            Messages.of("pipeline.run.locked", draft.identity().runId(), datasets));
      }
      return adopted(other);
    }
    return create(folder, plan.config().dataflow());
  }

  private Started adopted(DataflowJob job) {
    progress.tell(
        Messages.of("pipeline.dataflow.adopted", service.name(), job.id(), job.console()));
    progress.running(PrepareRunner.DATAFLOW);
    return new Started(job, null);
  }

  /** Returns null if another launch holds the lock and has created the job meanwhile. */
  private @Nullable RunFolder lock() throws PrepareRefusedException, IOException {
    AttuneConfig config = plan.config();
    try {
      return RunFolder.open(
          datasets,
          draft.identity().runId(),
          config.dataset().output().mode(),
          new RunFolder.Workers(RunnerOptions.temporaryFolder(options), true),
          progress);
    } catch (PrepareRefusedException e) {
      if (service.active() != null) {
        return null;
      }
      throw e;
    }
  }

  private Started create(RunFolder folder, DataflowConfig config)
      throws PrepareRefusedException, IOException {
    boolean known = false;
    boolean refused = false;
    try {
      LaunchPoint.LOCKED.reached();
      folder.requireReadableManifest();
      PublicationStop.expect(target(), () -> {}, () -> leave(folder));
      DataflowJob job = service.active();
      LaunchPoint.LISTED_AGAIN.reached();
      if (job == null) {
        job = create(PublicationPlan.of(plan, draft, folder), folder.temporary(), config);
      }
      if (!job.launch().equals(lockOf(folder).owner())) {
        refused = true; // not this launch's job: what this one holds is of no use
        return adopted(job);
      }
      progress.tell(
          Messages.of("pipeline.dataflow.created", service.name(), job.id(), job.console()));
      progress.running(PrepareRunner.DATAFLOW);
      known = true;
      return new Started(job, folder);
    } catch (PrepareRefusedException | PlaceException e) {
      refused = true; // Cloud Storage is used before the create call only
      throw e;
    } finally {
      if (refused) {
        folder.close();
      } else if (!known) {
        folder.leave();
      }
    }
  }

  private DataflowJob create(Publication publication, Path temporary, DataflowConfig config)
      throws PrepareRefusedException, IOException {
    Path template = temporary.resolve(JOB_FILE);
    service.prepare(template);
    Pipeline pipeline = DataflowService.pipeline(options);
    try {
      graph.build(pipeline, plan, publication);
    } catch (UncheckedIOException e) {
      throw e.getCause(); // a list of ranges was not written
    }
    LaunchPoint.BUILT.reached();
    String parts = publication.temporary().path().replaceAll("/+$", "");
    return service.create(
        pipeline,
        template,
        new DataflowService.Launch(
            ((BucketTarget) publication.target()).lock().owner(),
            parts.substring(parts.lastIndexOf('.') + 1),
            config.labels()));
  }

  private static RunLock lockOf(RunFolder folder) {
    return ((BucketTarget) folder.target()).lock();
  }

  private ObjectPlace target() {
    return datasets.resolve(draft.identity().runId());
  }

  /** Reads how the job ended; the launch that created it may have removed that, and the job too. */
  private PrepareResult result(DataflowJob job) throws PrepareRefusedException, IOException {
    try {
      TemporaryFolder parts = new TemporaryFolder(objects().folder(job.parts()) + "/");
      return PipelineRun.result(Outcome.read(parts), target());
    } catch (NoSuchFileException e) {
      return standing(false);
    }
  }

  private PrepareResult standing(boolean unchanged) throws PrepareRefusedException, IOException {
    PrepareResult standing = StandingDataset.find(target(), draft, unchanged);
    if (standing == null) {
      throw new PrepareRefusedException(
          Messages.of("pipeline.dataflow.nothing-published", service.name(), target()));
    }
    return standing;
  }

  /** Returns whether the job has ended; not, if that cannot be found out. */
  private static boolean hasEnded(DataflowJob job, Throwable during) {
    try {
      return job.hasEnded();
    } catch (PrepareRefusedException | PrepareClusterException e) {
      during.addSuppressed(e);
      return false;
    }
  }

  private void release(Started started, boolean ended) throws IOException {
    RunFolder folder = started.folder();
    if (folder != null) {
      if (ended) {
        folder.close();
      } else {
        folder.leave();
      }
    } else if (ended) {
      removeWhatIsLeft(started.job());
    }
  }

  /** Removes the parts and the lock of an adopted job, unless another launch has them. */
  private void removeWhatIsLeft(DataflowJob job) throws PlaceException {
    if (job.parts().isEmpty() || job.launch().isEmpty()) {
      return;
    }
    LeftOverObjects.remove(objects().folder(job.parts()));
    ObjectPlace lock = objects().lock(draft.identity().runId());
    ObjectVersion held = CloudStorage.version(lock);
    if (held != null && new RunLock(lock, job.launch()).isOwn(held)) {
      CloudStorage.delete(lock, held.generation());
    }
  }

  private LeftOverObjects objects() {
    return new LeftOverObjects(datasets, draft.identity().runId());
  }

  private static void leave(RunFolder folder) {
    try {
      folder.leave();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
