package dev.attune.pipeline.run.dataflow;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.dataflow.model.Job;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import dev.attune.schema.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Finds and creates the job of one run, so that there is never a second one. */
public final class DataflowService {
  private static final int ATTEMPTS = 3;
  private static final int SHOWN = 500;

  private final DataflowPipelineOptions options;
  private final JobIdentity identity;
  private final DataflowCalls calls;

  /**
   * Connects to the service.
   *
   * @param progress is told when calls are repeated for some seconds
   */
  public DataflowService(PipelineOptions options, JobIdentity identity, PrepareProgress progress) {
    this.options = options.as(DataflowPipelineOptions.class);
    this.identity = identity;
    this.calls = new DataflowCalls(this.options, progress);
  }

  /**
   * What a job publishes under.
   *
   * @param owner of the run's lock
   * @param parts the last part of the name of the temporary folder
   * @param labels of the user
   */
  public record Launch(String owner, String parts, Map<String, String> labels) {}

  /** Returns the name of the job. */
  public String name() {
    return identity.name();
  }

  /**
   * Returns the active job of this run, or null.
   *
   * @throws PrepareRefusedException if an active job of its name is of other input
   */
  public @Nullable DataflowJob active() throws PrepareRefusedException {
    Job job = calls.active(name());
    return job == null ? null : own(job);
  }

  private DataflowJob own(Job job) throws PrepareRefusedException {
    DataflowJob known = new DataflowJob(calls, options, job);
    if (!identity.isOf(job.getLabels() == null ? Map.of() : job.getLabels())) {
      throw new PrepareRefusedException(
          Messages.of("pipeline.dataflow.other-input", name(), job.getId(), known.console()));
    }
    return known;
  }

  /** Sets the name of the job, what is sent to workers, and the file for the call. */
  public void prepare(Path template) {
    options.setJobName(name());
    SentFiles.select(options);
    JobGraph.writeTo(template, options);
  }

  /**
   * Creates the job, or adopts the one that another launch of this run has created meanwhile.
   *
   * @param pipeline built from the options after {@link #prepare}
   * @param template the file of {@link #prepare}
   * @throws PrepareClusterException if the service does not answer; the job may be there then
   */
  public DataflowJob create(Pipeline pipeline, Path template, Launch launch)
      throws PrepareRefusedException {
    Job job = graph(pipeline, template);
    LaunchPoint.STAGED.reached();
    Map<String, String> labels = labels(launch);
    job.setName(name()).setLabels(labels);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      job.setClientRequestId(identity.requestId(calls.lastEnded(name())));
      LaunchPoint.NOT_CREATED.reached();
      Job created = calls.create(job);
      LaunchPoint.CREATED.reached();
      DataflowJob known = created == null ? active() : own(described(created, labels));
      if (known != null) {
        LaunchPoint.KNOWN.reached();
        return known;
      }
      // It ended between the two calls; then the next request id differs.
    }
    throw new PrepareClusterException(Messages.of("pipeline.dataflow.conflict", name()));
  }

  /**
   * Returns the call that would create the job, as JSON; creates nothing. The jars and the pipeline
   * that it names are put into the bucket.
   *
   * @param pipeline built from the options after {@link #prepare}
   * @param template the file of {@link #prepare}
   * @param own labels of the user
   */
  public byte[] call(Pipeline pipeline, Path template, Map<String, String> own)
      throws PrepareRefusedException, IOException {
    Job job = graph(pipeline, template);
    // Beam has set a request id, with which the service would run a template only once.
    job.setName(name()).setLabels(labels(new Launch("", "", own))).setClientRequestId(null);
    return GsonFactory.getDefaultInstance().toByteArray(job);
  }

  private Map<String, String> labels(Launch launch) {
    Map<String, String> own = new TreeMap<>(launch.labels());
    if (options.getLabels() != null) {
      own.putAll(options.getLabels());
    }
    return identity.labels(launch.owner(), launch.parts(), own);
  }

  /** Returns a job with its labels: those that were sent, if the service does not show them yet. */
  private Job described(Job created, Map<String, String> sent) {
    try {
      Job found = calls.get(created.getId());
      if (found.getLabels() != null && !found.getLabels().isEmpty()) {
        return found.setId(created.getId());
      }
    } catch (PrepareRefusedException e) {
      // The job is there all the same.
      return created.setLabels(sent);
    }
    return created.setLabels(sent);
  }

  /**
   * Returns an empty pipeline.
   *
   * @throws PrepareRefusedException if Beam does not take the options, such as a project's id
   */
  public static Pipeline pipeline(PipelineOptions options) throws PrepareRefusedException {
    return ofBeam(() -> Pipeline.create(options));
  }

  private static Job graph(Pipeline pipeline, Path template) throws PrepareRefusedException {
    return ofBeam(() -> JobGraph.of(pipeline, template));
  }

  /** Calls Beam, whose exceptions have no common type of their own. */
  private static <T> T ofBeam(Callable<T> call) throws PrepareRefusedException {
    FutureTask<T> task = new FutureTask<>(call);
    task.run();
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("prepare was interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      Throwable innermost = cause;
      while (innermost.getCause() != null) {
        innermost = innermost.getCause();
      }
      throw new PrepareRefusedException(
          Messages.of(
              "pipeline.dataflow.not-submitted",
              Printable.shortened(
                  String.valueOf(innermost.getMessage()).lines().findFirst().orElse(""), SHOWN)),
          cause);
    }
  }
}
