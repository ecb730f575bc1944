package dev.attune.pipeline.run.dataflow;

import com.google.api.services.dataflow.model.Job;
import com.google.api.services.dataflow.model.MetricUpdate;
import dev.attune.message.Messages;
import dev.attune.pipeline.prepare.PrepareClusterException;
import dev.attune.pipeline.prepare.PrepareProgress;
import dev.attune.pipeline.prepare.PrepareRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.dataflow.util.MonitoringUtil;
import org.apache.beam.sdk.PipelineResult.State;

/** A job on Dataflow that this process created or adopted. */
public final class DataflowJob {
  /** How often the service is asked; it counts with a delay of some ten seconds. */
  private static final Duration POLL = Duration.ofSeconds(20);

  private static volatile Duration poll = POLL;

  private final DataflowCalls calls;
  private final DataflowPipelineOptions options;
  private final String id;
  private final Map<String, String> labels;
  private final JobMessageLog messages = new JobMessageLog();

  DataflowJob(DataflowCalls calls, DataflowPipelineOptions options, Job job) {
    this.calls = calls;
    this.options = options;
    this.id = job.getId();
    this.labels = job.getLabels() == null ? Map.of() : Map.copyOf(job.getLabels());
  }

  /** Sets how often the service is asked from now on; for tests. */
  static void pollEvery(Duration interval) {
    poll = interval;
  }

  /** Sets the standard interval again; for tests. */
  static void pollAsUsual() {
    poll = POLL;
  }

  /** Returns the id that the service gave. */
  public String id() {
    return id;
  }

  /** Returns the launch whose lock the job publishes under; empty if it is not known. */
  public String launch() {
    return labels.getOrDefault(JobIdentity.LAUNCH, "");
  }

  /** Returns the last part of the name of its temporary folder; empty if it is not known. */
  public String parts() {
    return labels.getOrDefault(JobIdentity.PARTS, "");
  }

  /** Returns the address of the job's page in the console. */
  public String console() {
    return MonitoringUtil.getJobMonitoringPageURL(options.getProject(), options.getRegion(), id);
  }

  /** What is done at each poll. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Looks whether the run goes on.
     *
     * @throws PrepareRefusedException if it can publish nothing any more; the job is cancelled
     */
    void look() throws PrepareRefusedException;
  }

  /**
   * Waits for the end of the job. It ends well if the pipeline came to its last step, which may
   * have refused the dataset.
   *
   * @throws PrepareRefusedException with the same sentence as locally if a worker refused a source
   * @throws PrepareClusterException if the job failed otherwise, was cancelled, or the service does
   *     not answer; in the last case the job goes on
   */
  public void await(PrepareProgress progress, Watch watch) throws PrepareRefusedException {
    calls.follow();
    State state = state();
    while (!state.isTerminal()) {
      progress(progress);
      pause(poll);
      try {
        watch.look();
      } catch (PrepareRefusedException e) {
        calls.cancel(id);
        throw e;
      }
      state = state();
    }
    progress(progress);
    JobCost.sentence(metrics(), isFlexRs()).ifPresent(progress::tell);
    if (state == State.DONE) {
      return;
    }
    if (state == State.CANCELLED) {
      throw new PrepareClusterException(Messages.of("pipeline.dataflow.cancelled", id, console()));
    }
    String refusal = messages.refusal().orElse(null);
    if (refusal != null) {
      throw new PrepareRefusedException(refusal);
    }
    throw new PrepareClusterException(
        Messages.of("pipeline.dataflow.failed", id, messages.lastError(), console()));
  }

  /** Returns whether the job has ended. */
  public boolean hasEnded() throws PrepareRefusedException {
    return state().isTerminal();
  }

  /** Cancels the job; does nothing if it has ended. */
  public void cancel() throws PrepareRefusedException {
    calls.cancel(id);
  }

  private State state() throws PrepareRefusedException {
    return MonitoringUtil.toState(calls.state(id).getCurrentState());
  }

  private void progress(PrepareProgress progress) throws PrepareRefusedException {
    messages.take(calls.messages(id), progress);
    JobCounters.of(metrics()).report(progress);
  }

  private List<MetricUpdate> metrics() throws PrepareRefusedException {
    return calls.metrics(id);
  }

  private boolean isFlexRs() {
    return options.getFlexRSGoal()
        == DataflowPipelineOptions.FlexResourceSchedulingGoal.COST_OPTIMIZED;
  }

  /** Waits. An interrupt ends the command. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("prepare was interrupted", e);
    }
  }
}
