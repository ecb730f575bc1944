package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.http.CallLog;
import dev.attune.testing.http.LoopbackServer;
import dev.attune.testing.http.StubReply;
import dev.attune.testing.http.StubRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stub of Cloud Storage at {@link #url()}, on loopback. Serves up to 64 calls at a time. Strongly
 * consistent, like the service. Objects do not outlive it.
 */
public final class StorageStub implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("--port", "--buckets", "--folder", "--load", "--delay");

  private final LoopbackServer server;
  private final StubContent.Place place;
  private final StubRouter router;
  private final StubFaults faults = new StubFaults();
  private final LongSupplier generations = StubObjects.newGenerations();
  private final Map<String, StubBucket> buckets = new ConcurrentHashMap<>();
  private final CallLog<StubCall> calls = new CallLog<>();
  private volatile boolean needsCredentials;
  private volatile long rewriteBytesPerCall = Long.MAX_VALUE;

  private StorageStub(int port, StubContent.Place place) throws IOException {
    this.place = place;
    server = new LoopbackServer(port, "storage-stub");
    router = new StubRouter(this, place);
    server.start(this::answer);
  }

  /** Starts a stub with these buckets that keeps objects in memory. */
  public static StorageStub inMemory(String... buckets) throws IOException {
    return start(0, new StubContent.Place(null), Arrays.asList(buckets));
  }

  /**
   * Starts a stub with these buckets that keeps objects in files, so that memory does not bound
   * them.
   *
   * @param folder created if missing; files of replaced and deleted objects are removed, others
   *     stay after the stub is closed
   */
  public static StorageStub inFolder(Path folder, String... buckets) throws IOException {
    return start(0, newPlace(folder), Arrays.asList(buckets));
  }

  private static StubContent.Place newPlace(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new StubContent.Place(Files.createTempDirectory(folder, "objects-"));
  }

  private static StorageStub start(int port, StubContent.Place place, List<String> buckets)
      throws IOException {
    StorageStub stub = new StorageStub(port, place);
    buckets.forEach(stub::bucket);
    return stub;
  }

  /** The address without a slash at the end, such as {@code http://127.0.0.1:41234}. */
  public String url() {
    return server.url();
  }

  /** Returns a bucket of this name, which is created if it is missing. */
  public StubBucket bucket(String name) {
    return buckets.computeIfAbsent(
        name, key -> new StubBucket(key, place, new StubObjects(key, generations)));
  }

  /** Removes a bucket with its objects. Calls for it are then answered with 404. */
  public void removeBucket(String name) {
    buckets.remove(name);
  }

  @Nullable StubBucket find(String name) {
    return buckets.get(name);
  }

  /** What goes wrong; nothing at first. */
  public StubFaults faults() {
    return faults;
  }

  /** Answers calls that carry no credentials with 401. Credentials themselves are not checked. */
  public void requireCredentials(boolean required) {
    needsCredentials = required;
  }

  boolean needsCredentials() {
    return needsCredentials;
  }

  /** Lets a rewrite of larger objects take several calls of so many bytes each. */
  public void rewriteBytesPerCall(long bytes) {
    rewriteBytesPerCall = bytes;
  }

  long rewriteBytesPerCall() {
    return rewriteBytesPerCall;
  }

  /** The newest 100,000 calls since the last {@link #clearCalls()}, in the order of arrival. */
  public List<StubCall> calls() {
    return calls.all();
  }

  /** Returns how many of {@link #calls()} are of these kinds; without any, how many there are. */
  public long count(StubCall.Kind... kinds) {
    List<StubCall.Kind> wanted =
        kinds.length == 0 ? List.of(StubCall.Kind.values()) : List.of(kinds);
    return calls.count(call -> wanted.contains(call.kind()));
  }

  /** Forgets all calls. */
  public void clearCalls() {
    calls.clear();
  }

  StubCall record(StubCall call) {
    return calls.add(
        number ->
            new StubCall(
                number,
                call.kind(),
                call.method(),
                call.bucket(),
                call.object(),
                call.parameters()));
  }

  /** Closes all connections. Calls that wait in a hook are interrupted. */
  @Override
  public void close() {
    server.close();
  }

  private StubReply answer(StubRequest request) throws IOException {
    return request.segment(0).equals("stub")
        ? StubReply.json(200, counts())
        : router.answer(request);
  }

  private ObjectNode counts() {
    ObjectNode counts = StubJson.newObject();
    for (StubCall call : calls()) {
      String kind = call.kind().name();
      counts.put(kind, counts.path(kind).asLong() + 1);
    }
    return counts;
  }

  /** Copies each file {@code folder/BUCKET/...} to an object. */
  private void load(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path relative = folder.relativize(file);
      if (relative.getNameCount() > 1) {
        String object = relative.subpath(1, relative.getNameCount()).toString().replace('\\', '/');
        bucket(relative.getName(0).toString()).put(object, place.of(file), Map.of());
      }
    }
  }

  /**
   * Starts a stub in a process of its own, which prints its address and serves until it is killed.
   * {@code GET /stub/calls} gives the number of calls by kind, as JSON.
   *
   * <pre>
   * --port N           0, the default, for a free one
   * --buckets A,B      buckets to create
   * --folder DIRECTORY keeps objects in files there instead of in memory
   * --load DIRECTORY   copies each file DIRECTORY/BUCKET/... to an object
   * --delay MS         waits so many milliseconds before it serves a call
   * </pre>
   */
  public static void main(String... arguments) throws IOException {
    Map<String, String> options = new HashMap<>();
    Iterator<String> words = List.of(arguments).iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (!OPTIONS.contains(option) || !words.hasNext()) {
        throw new IllegalArgumentException(
            "usage: StorageStub [--port N] [--buckets A,B] [--folder DIRECTORY]"
                + " [--load DIRECTORY] [--delay MILLISECONDS]");
      }
      options.put(option, words.next());
    }
    String folder = options.get("--folder");
    StorageStub stub =
        start(
            Integer.parseInt(options.getOrDefault("--port", "0")),
            folder == null ? new StubContent.Place(null) : newPlace(Path.of(folder)),
            Stream.of(options.getOrDefault("--buckets", "").split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList());
    String delay = options.get("--delay");
    if (delay != null) {
      stub.faults().on().delay(Duration.ofMillis(Long.parseLong(delay)));
    }
    String load = options.get("--load");
    if (load != null) {
      stub.load(Path.of(load));
    }
    System.out.println(stub.url());
  }
}
