package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job that the stub received, with its present state. */
public final class StubJob {
  /** Where a job runs. */
  record Region(String project, String location) {}

  private final String id;
  private final Region region;
  private final ObjectNode received;
  private final JobScript script;
  private final Instant created;
  private int polls;
  private int pollsAtCancel;
  private @Nullable JobState forced;

  StubJob(String id, Region region, ObjectNode received, JobScript script) {
    this.id = id;
    this.region = region;
    this.received = received;
    this.script = script;
    created = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The id that the stub gave. */
  public String id() {
    return id;
  }

  /** The name of the job; unique among active jobs only. */
  public String name() {
    return received.path("name").asText();
  }

  /** The labels as received. */
  public Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    received
        .path("labels")
        .properties()
        .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    return labels;
  }

  /**
   * The body of the call that created the job. For a job of a template: only name, labels, and
   * under {@code launch} the body.
   */
  public ObjectNode received() {
    return received.deepCopy();
  }

  Region region() {
    return region;
  }

  /** The state that the next poll gets. */
  public synchronized JobState state() {
    JobState set = forced;
    if (set == JobState.CANCELLING) {
      return polls > pollsAtCancel ? JobState.CANCELLED : set;
    }
    return set == null ? begun().get(begun().size() - 1).state() : set;
  }

  /** How often the job was polled. */
  public synchronized int polls() {
    return polls;
  }

  /** Ends the job, whatever its script says. */
  public synchronized void end(JobState state) {
    if (!state.isEnded()) {
      throw new IllegalArgumentException(state + " is not an end");
    }
    forced = state;
  }

  /** Begins to cancel; returns false if the job has ended. The poll after the next sees the end. */
  synchronized boolean cancel() {
    if (state().isEnded()) {
      return false;
    }
    if (state() != JobState.CANCELLING) {
      forced = JobState.CANCELLING;
      pollsAtCancel = polls;
    }
    return true;
  }

  private List<JobScript.Phase> begun() {
    return script.begun(polls);
  }

  /** Returns the answer to a poll. */
  synchronized ObjectNode poll(boolean whole) {
    ObjectNode job = json(whole);
    if (polls < Integer.MAX_VALUE) {
      polls++;
    }
    return job;
  }

  /**
   * Returns the job as the service describes it.
   *
   * @param whole whether to include what is not part of a summary, such as labels
   */
  synchronized ObjectNode json(boolean whole) {
    ObjectNode job = whole ? received.deepCopy() : received.objectNode();
    job.remove("launch");
    job.remove("requestedState");
    job.put("id", id)
        .put("projectId", region.project())
        .put("location", region.location())
        .put("name", name())
        .put("type", "JOB_TYPE_BATCH")
        .put("currentState", state().wire())
        .put("currentStateTime", created.plusSeconds(polls).toString())
        .put("createTime", created.toString())
        .put("startTime", created.toString());
    return job;
  }

  /** Returns the messages that the job has so far, from the oldest on. */
  synchronized List<ObjectNode> messages(Importance least) {
    List<ObjectNode> all = new ArrayList<>();
    int number = 0;
    for (JobScript.Phase phase : begun()) {
      for (JobScript.Said said : phase.messages()) {
        number++;
        if (said.importance().compareTo(least) >= 0) {
          all.add(
              received
                  .objectNode()
                  .put("id", "m" + number)
                  .put("time", created.plusMillis(number).toString())
                  .put("messageText", said.text())
                  .put("messageImportance", said.importance().wire()));
        }
      }
    }
    return all;
  }

  /** Returns the metrics of the job. Each comes twice: committed and tentative. */
  synchronized ObjectNode metrics() {
    Map<List<String>, Long> counters = new LinkedHashMap<>();
    Map<String, Double> measured = new LinkedHashMap<>();
    for (JobScript.Phase phase : begun()) {
      phase
          .counters()
          .forEach(
              one -> counters.put(List.of(one.step(), one.namespace(), one.name()), one.value()));
      phase.metrics().forEach(one -> measured.put(one.name(), one.value()));
    }
    ObjectNode answer =
        received.objectNode().put("metricTime", created.plusSeconds(polls).toString());
    var metrics = answer.putArray("metrics");
    for (boolean tentative : new boolean[] {false, true}) {
      counters.forEach(
          (key, value) -> {
            ObjectNode name = metrics.addObject().put("scalar", value).putObject("name");
            name.put("origin", "user").put("name", key.get(2));
            ObjectNode context = name.putObject("context");
            context.put("namespace", key.get(1)).put("step", key.get(0));
            mark(context, tentative);
          });
      measured.forEach(
          (key, value) -> {
            ObjectNode name = metrics.addObject().put("scalar", value).putObject("name");
            name.put("origin", "dataflow/v1b3").put("name", key);
            mark(name.putObject("context"), tentative);
          });
    }
    return answer;
  }

  private static void mark(ObjectNode context, boolean tentative) {
    if (tentative) {
      context.put("tentative", "true");
    }
  }

  @Override
  public String toString() {
    return name() + " " + id + " " + state();
  }
}
