package dev.attune.testing.dataflowapi;

import java.util.ArrayList;
import java.util.List;

/**
 * The life of a job, measured in polls: calls that get the job. Messages, counters and service
 * metrics appear together with the state that is named before them, and stay.
 *
 * <pre>{@code
 * JobScript.of()
 *     .pending(1)
 *     .running(2)
 *     .counter("Read/ReadRows", "dev.attune.Read", "read", 42)
 *     .message(Importance.WARNING, "A worker was lost.")
 *     .done()
 *     .service("TotalVcpuTime", 3600);
 * }</pre>
 */
public final class JobScript {
  /** A message of the job. */
  record Said(Importance importance, String text) {}

  /**
   * A counter of the pipeline.
   *
   * @param step unique name of the transform; with jobs that are not of Runner v2, its id
   */
  record Counted(String step, String namespace, String name, long value) {}

  /** A metric of the service. */
  record Measured(String name, double value) {}

  /** A state for a number of polls, with what appears with it. */
  record Phase(
      JobState state,
      int polls,
      List<Said> messages,
      List<Counted> counters,
      List<Measured> metrics) {}

  private final List<Phase> phases = new ArrayList<>();

  private JobScript() {}

  /** Begins a script. A script without states is of a job that runs until it is cancelled. */
  public static JobScript of() {
    return new JobScript();
  }

  /** The job waits for resources, as of FlexRS, for so many polls. */
  public JobScript queued(int polls) {
    return phase(JobState.QUEUED, polls);
  }

  /** The job starts, for so many polls. */
  public JobScript pending(int polls) {
    return phase(JobState.PENDING, polls);
  }

  /** The job runs, for so many polls. */
  public JobScript running(int polls) {
    return phase(JobState.RUNNING, polls);
  }

  /** The job runs until it is cancelled or {@link StubJob#end ended}. */
  public JobScript runningOn() {
    return phase(JobState.RUNNING, Integer.MAX_VALUE);
  }

  /** The job is done. */
  public JobScript done() {
    return phase(JobState.DONE, Integer.MAX_VALUE);
  }

  /** The job failed; the texts are its messages of importance ERROR. */
  public JobScript failed(String... errors) {
    phase(JobState.FAILED, Integer.MAX_VALUE);
    for (String error : errors) {
      message(Importance.ERROR, error);
    }
    return this;
  }

  /** Somebody else cancelled the job. */
  public JobScript cancelled() {
    return phase(JobState.CANCELLED, Integer.MAX_VALUE);
  }

  private JobScript phase(JobState state, int polls) {
    if (polls < 1) {
      throw new IllegalArgumentException("polls " + polls + " is below 1");
    }
    phases.add(new Phase(state, polls, new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
    return this;
  }

  /** A message that comes with the last named state. */
  public JobScript message(Importance importance, String text) {
    last().messages().add(new Said(importance, text));
    return this;
  }

  /** The value of a counter from the last named state on. */
  public JobScript counter(String step, String namespace, String name, long value) {
    last().counters().add(new Counted(step, namespace, name, value));
    return this;
  }

  /**
   * The value of a metric of the service from the last named state on, such as TotalVcpuTime (s),
   * TotalMemoryUsage (MB s), TotalPdUsage (GB s) and BillableShuffleDataProcessed (bytes).
   */
  public JobScript service(String name, double value) {
    last().metrics().add(new Measured(name, value));
    return this;
  }

  private Phase last() {
    if (phases.isEmpty()) {
      throw new IllegalStateException("name a state first");
    }
    return phases.get(phases.size() - 1);
  }

  /** Returns the phases that have begun after so many polls, in their order; at least one. */
  List<Phase> begun(int polls) {
    if (phases.isEmpty()) {
      return JobScript.of().runningOn().begun(polls);
    }
    long before = 0;
    List<Phase> begun = new ArrayList<>();
    for (Phase phase : phases) {
      if (before > polls) {
        break;
      }
      begun.add(phase);
      before += phase.polls();
    }
    return begun;
  }
}
