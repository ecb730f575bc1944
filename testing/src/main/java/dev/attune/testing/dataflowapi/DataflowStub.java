package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.http.CallLog;
import dev.attune.testing.http.LoopbackServer;
import dev.attune.testing.http.StubReply;
import dev.attune.testing.http.StubRequest;
import java.io.IOException;
import java.util.List;

/**
 * A stub of the Dataflow service at {@link #url()}, on loopback. Jobs live as long as it. Like the
 * service it refuses a second active job of one name with 409, answers a repeated create call with
 * the job that its client request id made, ignores {@code replaceJobId}, gives labels only where
 * the whole job is asked for, and refuses names and labels that are not valid.
 */
public final class DataflowStub implements AutoCloseable {
  private final LoopbackServer server;
  private final StubJobs jobs = new StubJobs();
  private final DataflowFaults faults = new DataflowFaults();
  private final CallLog<DataflowCall> calls = new CallLog<>();

  private DataflowStub(int port) throws IOException {
    server = new LoopbackServer(port, "dataflow-stub");
    server.start(this::reply);
  }

  /** Starts a stub on a free port. */
  public static DataflowStub start() throws IOException {
    return new DataflowStub(0);
  }

  /** The address with a slash at the end, such as {@code http://127.0.0.1:41234/}. */
  public String url() {
    return server.url() + "/";
  }

  /** Sets the life of the jobs that are created from now on. */
  public void script(JobScript script) {
    jobs.script(script);
  }

  /**
   * Refuses a repeated client request id also while its job is active, as the documentation of the
   * service says. Otherwise such a call is answered with that job, on which Beam relies.
   */
  public void refuseRepeats(boolean refused) {
    jobs.refuseRepeats(refused);
  }

  /** Sets how many jobs or messages a page has at most. */
  public void pageSize(int size) {
    jobs.pageSize(size);
  }

  /** The jobs, from the oldest on. */
  public List<StubJob> jobs() {
    return jobs.all();
  }

  /** What goes wrong; nothing at first. */
  public DataflowFaults faults() {
    return faults;
  }

  /** The newest 100,000 calls, in the order of arrival. */
  public List<DataflowCall> calls() {
    return calls.all();
  }

  /** Returns how many of {@link #calls()} are of these kinds; without any, how many there are. */
  public long count(DataflowCall.Kind... kinds) {
    List<DataflowCall.Kind> wanted =
        kinds.length == 0 ? List.of(DataflowCall.Kind.values()) : List.of(kinds);
    return calls.count(call -> wanted.contains(call.kind()));
  }

  /** Forgets all calls. */
  public void clearCalls() {
    calls.clear();
  }

  /** Closes all connections. Calls that wait in a hook are interrupted. */
  @Override
  public void close() {
    server.close();
  }

  private StubReply reply(StubRequest received) throws IOException {
    if (received.path().equals(List.of("stub", "jobs"))) {
      return StubReply.json(200, described());
    }
    DataflowRequest request;
    try {
      request = DataflowRequest.of(received);
    } catch (DataflowRefusal e) {
      return e.reply(false);
    }
    DataflowCall call =
        calls.add(
            number ->
                new DataflowCall(
                    number, request.kind(), request.method(), request.job(), request.parameters()));
    return faults.answer(call, received, false, () -> served(request));
  }

  private StubReply served(DataflowRequest request) {
    try {
      return StubReply.json(200, answer(request));
    } catch (DataflowRefusal e) {
      return e.reply(false);
    }
  }

  private ObjectNode answer(DataflowRequest request) throws DataflowRefusal {
    StubJob.Region region = request.region();
    return switch (request.kind()) {
      case CREATE -> created(jobs.create(region, request.body()));
      case CREATE_FROM_TEMPLATE -> created(launch(region, request.body(), request.body()));
      case LAUNCH_TEMPLATE -> launched(request, request.body());
      case LAUNCH_FLEX_TEMPLATE -> launched(request, request.body().path("launchParameter"));
      case LIST -> jobs.list(region, request.parameters());
      case GET -> jobs.find(request.job()).poll(isWhole(request));
      case UPDATE -> update(request);
      case MESSAGES -> jobs.messages(request.job(), request.parameters());
      case METRICS -> jobs.find(request.job()).metrics();
      case UNKNOWN -> throw DataflowRefusal.of(404);
    };
  }

  private static ObjectNode created(StubJob job) {
    ObjectNode answer = job.json(false);
    answer.put("clientRequestId", job.received().path("clientRequestId").asText());
    return answer;
  }

  private ObjectNode launched(DataflowRequest request, JsonNode parameters) throws DataflowRefusal {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (!request.body().path("validateOnly").asBoolean()
        && !Boolean.parseBoolean(request.parameters().get("validateOnly"))) {
      answer.set("job", launch(request.region(), parameters, request.body()).json(false));
    }
    return answer;
  }

  private StubJob launch(StubJob.Region region, JsonNode parameters, ObjectNode body)
      throws DataflowRefusal {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("name", parameters.path("jobName").asText());
    JsonNode labels = parameters.path("environment").path("additionalUserLabels");
    if (labels.isObject()) {
      job.set("labels", labels);
    }
    job.set("launch", body);
    return jobs.create(region, job);
  }

  private static boolean isWhole(DataflowRequest request) {
    String view = request.parameters().getOrDefault("view", "");
    return view.equals("JOB_VIEW_ALL") || view.equals("JOB_VIEW_DESCRIPTION");
  }

  private ObjectNode update(DataflowRequest request) throws DataflowRefusal {
    StubJob job = jobs.find(request.job());
    String requested = request.body().path("requestedState").asText();
    if (!requested.equals(JobState.CANCELLED.wire())) {
      throw new DataflowRefusal(
          400, "(c0ffee): Workflow modification failed. Causes: unsupported state " + requested);
    }
    if (!job.cancel()) {
      throw new DataflowRefusal(
          400,
          "(c0ffee): Workflow modification failed. Causes: (c0ffee): Cannot cancel a workflow that"
              + " has already finished.");
    }
    return job.json(false);
  }

  private ObjectNode described() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    jobs().forEach(job -> all.withArray("jobs").add(job.json(true)));
    return all;
  }

  /**
   * Starts a stub in a process of its own, which prints its address and serves until it is killed.
   * Its jobs run for three polls and are then done. {@code GET /stub/jobs} gives all jobs as JSON.
   *
   * <pre>
   * --port N           0, the default, for a free one
   * --running POLLS    how many polls a job runs
   * --failed TEXT      jobs fail with this message
   * </pre>
   */
  public static void main(String... arguments) throws IOException {
    int port = 0;
    int running = 3;
    String failure = "";
    if (arguments.length % 2 != 0) {
      throw usage();
    }
    for (int i = 0; i < arguments.length; i += 2) {
      switch (arguments[i]) {
        case "--port" -> port = Integer.parseInt(arguments[i + 1]);
        case "--running" -> running = Integer.parseInt(arguments[i + 1]);
        case "--failed" -> failure = arguments[i + 1];
        default -> throw usage();
      }
    }
    DataflowStub stub = new DataflowStub(port);
    JobScript script = JobScript.of().pending(1).running(running);
    stub.script(failure.isEmpty() ? script.done() : script.failed(failure));
    System.out.println(stub.url());
  }

  private static IllegalArgumentException usage() {
    return new IllegalArgumentException(
        "usage: DataflowStub [--port N] [--running POLLS] [--failed TEXT]");
  }
}
