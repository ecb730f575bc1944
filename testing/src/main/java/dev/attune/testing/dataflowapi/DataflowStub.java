package dev.attune.testing.dataflowapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stub of the Dataflow service at {@link #url()}, on loopback. Jobs live as long as it. Like the
 * service it refuses a second active job of one name with 409, answers a repeated create call with
 * the job that its client request id made, ignores {@code replaceJobId}, gives labels only where
 * the whole job is asked for, and refuses names and labels that are not valid.
 */
public final class DataflowStub implements AutoCloseable {
  private static final int MOST_CALLS_KEPT = 100_000;

  private final HttpServer server;
  private final ExecutorService threads;
  private final StubJobs jobs = new StubJobs();
  private final DataflowFaults faults = new DataflowFaults();
  private final List<DataflowCall> calls = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();

  private DataflowStub(int port) throws IOException {
    // Without it each small answer on a used connection waits 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "dataflow-stub");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** Starts a stub on a free port. */
  public static DataflowStub start() throws IOException {
    return new DataflowStub(0);
  }

  /** The address with a slash at the end, such as {@code http://127.0.0.1:41234/}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
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
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  /** Returns how many of {@link #calls()} are of these kinds; without any, how many there are. */
  public long count(DataflowCall.Kind... kinds) {
    List<DataflowCall.Kind> wanted =
        kinds.length == 0 ? List.of(DataflowCall.Kind.values()) : List.of(kinds);
    return calls().stream().filter(call -> wanted.contains(call.kind())).count();
  }

  /** Forgets all calls. */
  public void clearCalls() {
    synchronized (calls) {
      calls.clear();
    }
  }

  /** Closes all connections. Calls that wait in a hook are interrupted. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      ObjectNode answer;
      try {
        if (exchange.getRequestURI().getPath().equals("/stub/jobs")) {
          answer = described();
        } else {
          DataflowRequest request = DataflowRequest.of(exchange);
          DataflowCall call = record(request);
          List<DataflowFaults.Rule> rules = faults.matching(call);
          for (DataflowFaults.Rule rule : rules) {
            rule.runBefore(call);
          }
          answer = answer(request);
          boolean lost = false;
          for (DataflowFaults.Rule rule : rules) {
            lost |= rule.runAfter(call);
          }
          if (lost) {
            return;
          }
        }
      } catch (DataflowRefusal e) {
        status = e.code();
        answer = e.json();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      send(exchange, status, answer);
    }
  }

  private DataflowCall record(DataflowRequest request) {
    synchronized (calls) {
      DataflowCall call =
          new DataflowCall(
              numbers.incrementAndGet(),
              request.kind(),
              request.method(),
              request.job(),
              request.parameters());
      calls.add(call);
      if (calls.size() > MOST_CALLS_KEPT) {
        calls.remove(0);
      }
      return call;
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

  private static void send(HttpExchange exchange, int status, ObjectNode answer)
      throws IOException {
    byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
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
