package dev.attune.launcher.emulator;

import com.google.cloud.aiplatform.v1.GenerateContentRequest;
import com.google.cloud.aiplatform.v1.GenerateContentResponse;
import com.google.cloud.aiplatform.v1.JobState;
import com.google.cloud.aiplatform.v1.SupervisedTuningDataStats;
import com.google.cloud.aiplatform.v1.TuningJob;
import dev.attune.testing.gcs.StorageStub;
import dev.attune.testing.gcs.StubBucket;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Vertex AI and Cloud Storage on loopback. What a job does: it is created in the first state of the
 * script and goes on by one with every GET; LIST shows it as it is. At the start: one job at once,
 * the script PENDING, RUNNING, SUCCEEDED, the bucket {@link #BUCKET}, no lag, no fault.
 *
 * <p>All calls to both services are numbered together from 1, so that a test can name the k-th.
 */
public final class VertexEmulator implements AutoCloseable {
  /** The bucket that there is. */
  public static final String BUCKET = "attune-test";

  private final Gate gate = new Gate();
  private final EmulatedObjects objects = new EmulatedObjects();
  private final EmulatedJobs jobs;
  private final EmulatedTuning tuning;
  private final EmulatedPrediction prediction;
  private final EmulatedStorage storage;
  private final Server server;
  private volatile @Nullable StorageStub elsewhere;

  private VertexEmulator(InstantSource clock) throws IOException {
    objects.addBucket(BUCKET);
    jobs = new EmulatedJobs(clock, this::lines);
    tuning = new EmulatedTuning(gate, jobs, uri -> content(uri) != null);
    prediction = new EmulatedPrediction(gate);
    storage = new EmulatedStorage(gate, objects);
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(tuning)
            .addService(prediction)
            .addService(new EmulatedTokens(gate))
            .intercept(new SeesCredentials())
            .build()
            .start();
  }

  public static VertexEmulator start() throws IOException {
    return start(InstantSource.system());
  }

  /**
   * Emulators whose jobs carry times of a clock.
   *
   * @param clock also of {@link #listLag}
   */
  public static VertexEmulator start(InstantSource clock) throws IOException {
    return new VertexEmulator(clock);
  }

  /** For {@code tuning.endpoint}, with {@code plaintext: true}. */
  public String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  /** For {@code tuning.storageEndpoint}. */
  public String storageEndpoint() {
    return storage.endpoint();
  }

  /** All calls so far, in order of arrival. */
  public List<Call> calls() {
    return gate.calls();
  }

  /** The calls of one method. */
  public List<Call> calls(Method method) {
    return calls().stream().filter(call -> call.method() == method).toList();
  }

  /** Shows every call to a hook. */
  public void hook(CallHook hook) {
    gate.hook(hook);
  }

  /** Spoils the call of this number, whatever it is. */
  public void faultAt(int number, Fault fault) {
    gate.faultAt(number, fault);
  }

  /** Spoils the next call of a method that no fault waits for yet. */
  public void faultNext(Method method, Fault fault) {
    gate.faultNext(method, fault);
  }

  /** The states of jobs created from now on, the first of them at creation. */
  public void script(JobState... states) {
    jobs.script(List.of(states));
  }

  /** What jobs that fail from now on say. */
  public void failure(String message) {
    jobs.failure(message);
  }

  /** What jobs that succeed from now on say of their dataset, instead of counting its lines. */
  public void stats(SupervisedTuningDataStats stats) {
    jobs.stats(stats);
  }

  /** Moves a job. */
  public void set(String job, JobState state) {
    jobs.set(job, state);
  }

  /** How many jobs may be under way at once. */
  public void concurrentJobs(int most) {
    tuning.concurrentJobs(most);
  }

  /** How many jobs a page of the list has at most. */
  public void pageSize(int most) {
    tuning.pageSize(most);
  }

  /** How old a job must be before the list shows it. */
  public void listLag(Duration lag) {
    tuning.listLag(lag);
  }

  /** All jobs, the newest first, without a look at them. */
  public List<TuningJob> jobs() {
    return jobs.all();
  }

  /** How many jobs were ever created with this key. */
  public int jobs(String key) {
    return (int) jobs().stream().filter(job -> EmulatedTuning.key(job).equals(key)).count();
  }

  /** Puts a job there that nobody asked for; the list of every project shows it. */
  public TuningJob put(String location, TuningJob job) {
    return jobs.create(null, location, job);
  }

  /** How many looks more it takes, once a job has succeeded from now on, until its model shows. */
  public void endpointsAfter(int polls) {
    jobs.endpointsAfter(polls);
  }

  /** What models say from now on. */
  public void answer(Answerer answerer) {
    prediction.answerer(answerer);
  }

  /** What models say from now on to the text of the last turn. */
  public void answerText(Function<String, String> answers) {
    prediction.answerer(
        request -> {
          int last = request.getContentsCount() - 1;
          int part = request.getContents(last).getPartsCount() - 1;
          return reply(answers.apply(request.getContents(last).getParts(part).getText()));
        });
  }

  /** A reply of one text. */
  public static GenerateContentResponse reply(String text) {
    return ModelReply.text(text);
  }

  /** Serves models in these locations only; elsewhere they are not found. At the start: in all. */
  public void servedIn(String... locations) {
    prediction.servedIn(Set.of(locations));
  }

  /** How long models take. */
  public void latency(Duration latency) {
    prediction.latency(latency);
  }

  /** Turns every n-th question away with RESOURCE_EXHAUSTED; 0: none. */
  public void throttleEvery(int calls) {
    prediction.throttleEvery(calls);
  }

  /** What models were asked, in order, also what was turned away. */
  public List<GenerateContentRequest> asked() {
    return prediction.asked();
  }

  /** The URIs of all objects that were uploaded, in order, one entry an upload. */
  public List<String> uploads() {
    return objects.finished();
  }

  /** An object's bytes, or null where there is none. */
  public byte @Nullable [] object(String uri) {
    return objects.content(uri);
  }

  /** Puts an object there without any call. */
  public void putObject(String uri, byte[] bytes) {
    objects.put(uri, bytes);
  }

  /** Lets jobs also read the objects of another stub. */
  public void readsAlso(StorageStub stub) {
    elsewhere = stub;
  }

  /** Ends everything at once. */
  @Override
  public void close() {
    gate.close();
    server.shutdownNow();
    storage.close();
  }

  private byte @Nullable [] content(String uri) {
    byte[] own = objects.content(uri);
    StorageStub other = elsewhere;
    if (own != null || other == null) {
      return own;
    }
    String[] parts = uri.substring("gs://".length()).split("/", 2);
    try {
      StubBucket bucket = other.bucket(parts[0]);
      return bucket.contains(parts[1]) ? bucket.read(parts[1]) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long lines(String uri) {
    byte[] bytes = content(uri);
    long lines = 0;
    for (byte b : bytes == null ? new byte[0] : bytes) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  /** Notes whether a call came with credentials. */
  private static final class SeesCredentials implements ServerInterceptor {
    private static final Metadata.Key<String> AUTHORIZATION =
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
        ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
      Context seen =
          Context.current().withValue(Gate.AUTHORIZED, headers.containsKey(AUTHORIZATION));
      return Contexts.interceptCall(seen, call, headers, next);
    }
  }
}
