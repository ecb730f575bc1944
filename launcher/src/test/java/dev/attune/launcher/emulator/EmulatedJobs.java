package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.SupervisedTuningDataStats;
import com.google.cloud.aiplatform.v1.TunedModel;
import com.google.cloud.aiplatform.v1.TuningDataStats;
import com.google.cloud.aiplatform.v1.TuningJob;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import com.google.rpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The jobs of the tuning service, and how they move: a step with every look at them. */
final class EmulatedJobs {
  /** The service puts the project's number into names, whatever it was asked with. */
  static final String PROJECT = "123456789012";

  private static final Set<JobState> TERMINAL =
      EnumSet.of(
          JobState.JOB_STATE_SUCCEEDED,
          JobState.JOB_STATE_PARTIALLY_SUCCEEDED,
          JobState.JOB_STATE_FAILED,
          JobState.JOB_STATE_CANCELLED,
          JobState.JOB_STATE_EXPIRED);

  private final InstantSource clock;
  private final ToLongFunction<String> lines;
  private final List<Running> jobs = new ArrayList<>();
  private List<JobState> script =
      List.of(JobState.JOB_STATE_PENDING, JobState.JOB_STATE_RUNNING, JobState.JOB_STATE_SUCCEEDED);
  private String failure = "Internal error occurred.";
  private @Nullable SupervisedTuningDataStats stats;
  private int endpointsAfter;

  /**
   * No job.
   *
   * @param lines how many lines an object of Cloud Storage has, by its URI
   */
  EmulatedJobs(InstantSource clock, ToLongFunction<String> lines) {
    this.clock = clock;
    this.lines = lines;
  }

  synchronized void script(List<JobState> states) {
    script = List.copyOf(states);
  }

  synchronized void endpointsAfter(int polls) {
    endpointsAfter = polls;
  }

  synchronized void failure(String message) {
    failure = message;
  }

  synchronized void stats(SupervisedTuningDataStats shown) {
    stats = shown;
  }

  synchronized int underWay() {
    return (int) jobs.stream().filter(j -> !TERMINAL.contains(j.job.getState())).count();
  }

  /**
   * Creates a job.
   *
   * @param project that it is asked for with, and listed under; null: under each
   */
  synchronized TuningJob create(@Nullable String project, String location, TuningJob asked) {
    Running running = new Running(project, asked, script);
    Instant now = clock.instant();
    running.created = now;
    running.job =
        asked.toBuilder()
            .setName(
                "projects/"
                    + PROJECT
                    + "/locations/"
                    + location
                    + "/tuningJobs/"
                    + (7001 + jobs.size()))
            .setCreateTime(timestamp(now))
            .build();
    running.moveTo(script.get(0));
    jobs.add(running);
    return running.job;
  }

  synchronized @Nullable TuningJob peek(String name) {
    Running running = find(name);
    return running == null ? null : running.job;
  }

  /** A look at a job, after which it is a step further. */
  synchronized @Nullable TuningJob look(String name) {
    Running running = find(name);
    if (running == null) {
      return null;
    }
    running.step();
    return running.shown();
  }

  synchronized boolean cancel(String name) {
    Running running = find(name);
    if (running == null) {
      return false;
    }
    if (!TERMINAL.contains(running.job.getState())) {
      running.moveTo(JobState.JOB_STATE_CANCELLING);
      running.ahead = new ArrayList<>(List.of(JobState.JOB_STATE_CANCELLED));
    }
    return true;
  }

  synchronized void set(String name, JobState state) {
    Running running = find(name);
    if (running == null) {
      throw new IllegalArgumentException("no job " + name);
    }
    running.moveTo(state);
  }

  /** All jobs, the newest first. */
  synchronized List<TuningJob> all() {
    List<TuningJob> all = new ArrayList<>();
    jobs.forEach(running -> all.add(0, running.shown()));
    return all;
  }

  /** The jobs of one place that a list shows, the newest first: those of a certain age. */
  synchronized List<TuningJob> listed(String project, String location, Duration lag) {
    List<TuningJob> shown = new ArrayList<>();
    Instant youngest = clock.instant().minus(lag);
    for (Running running : jobs) {
      boolean there =
          running.job.getName().contains("/locations/" + location + "/")
              && (running.project == null
                  || running.project.equals(project)
                  || PROJECT.equals(project));
      if (there && !running.created.isAfter(youngest)) {
        shown.add(0, running.shown());
      }
    }
    return shown;
  }

  private @Nullable Running find(String name) {
    String id = name.substring(name.indexOf("/locations/"));
    return jobs.stream().filter(j -> j.job.getName().endsWith(id)).findFirst().orElse(null);
  }

  private Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private SupervisedTuningDataStats stats(TuningJob job) {
    if (stats != null) {
      return stats;
    }
    long examples = lines.applyAsLong(job.getSupervisedTuningSpec().getTrainingDatasetUri());
    return SupervisedTuningDataStats.newBuilder()
        .setTuningDatasetExampleCount(examples)
        .setTotalBillableTokenCount(examples * 10)
        .build();
  }

  /** Where tuned models of Gemini 3 answer: not from the region in which they were tuned. */
  private static String servedFrom(TuningJob job) {
    String region = job.getName().split("/", 5)[3];
    return job.getBaseModel().startsWith("gemini-3") ? region.substring(0, 2) : region;
  }

  /** A job and what lies ahead of it. */
  private final class Running {
    private final @Nullable String project;
    private TuningJob job;
    private int hidden;
    private Instant created = Instant.EPOCH;
    private List<JobState> ahead;

    private Running(@Nullable String project, TuningJob job, List<JobState> states) {
      this.project = project;
      this.job = job;
      this.ahead = new ArrayList<>(states.subList(1, states.size()));
    }

    private void step() {
      if (!ahead.isEmpty()) {
        moveTo(ahead.remove(0));
      } else if (hidden > 0) {
        hidden--;
      }
    }

    /** The job as it is shown: without its model while that is hidden. */
    private TuningJob shown() {
      return hidden > 0 ? job.toBuilder().clearTunedModel().build() : job;
    }

    private void moveTo(JobState state) {
      TuningJob.Builder moved = job.toBuilder().setState(state);
      if (state == JobState.JOB_STATE_SUCCEEDED
          || state == JobState.JOB_STATE_PARTIALLY_SUCCEEDED) {
        hidden = endpointsAfter;
        String served = "projects/" + PROJECT + "/locations/" + servedFrom(job);
        String id = job.getName().substring(job.getName().lastIndexOf('/') + 1);
        moved
            .setTunedModel(
                TunedModel.newBuilder()
                    .setModel(served + "/models/" + id + "@1")
                    .setEndpoint(served + "/endpoints/" + id))
            .setTuningDataStats(
                TuningDataStats.newBuilder().setSupervisedTuningDataStats(stats(job)));
      } else if (state == JobState.JOB_STATE_FAILED) {
        moved.setError(Status.newBuilder().setCode(Code.INTERNAL.getNumber()).setMessage(failure));
      } else if (state == JobState.JOB_STATE_CANCELLED) {
        moved.setError(
            Status.newBuilder().setCode(Code.CANCELLED.getNumber()).setMessage("Cancelled."));
      }
      if (TERMINAL.contains(state)) {
        moved.setEndTime(timestamp(clock.instant()));
        ahead = new ArrayList<>();
      }
      job = moved.build();
    }
  }
}
