package dev.attune.testing.secret;

import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Secret Manager on a loopback port, without TLS. Answers {@code AccessSecretVersion} as the
 * service does: {@code latest} is the greatest version, the answer names its number, a disabled or
 * destroyed version is FAILED_PRECONDITION, one that does not exist NOT_FOUND. Starts without
 * secrets.
 */
public final class EmulatedSecrets implements AutoCloseable {
  private static final String SERVICE = "google.cloud.secretmanager.v1.SecretManagerService";
  private static final Pattern NAME =
      Pattern.compile("(projects/[^/]+/(?:locations/[^/]+/)?secrets/[^/]+)/versions/([^/]+)");

  private final ConcurrentMap<String, NavigableMap<Integer, Version>> secrets =
      new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Server server;
  private volatile @Nullable Status fault;
  private volatile boolean damaging;

  private EmulatedSecrets() throws IOException {
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(service())
            .build()
            .start();
  }

  /** Starts one without secrets. */
  public static EmulatedSecrets start() {
    try {
      return new EmulatedSecrets();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns host and port, for {@code ATTUNE_SECRET_ENDPOINT}. */
  public String endpoint() {
    return "127.0.0.1:" + server.getPort();
  }

  /**
   * Adds a version.
   *
   * @param secret as in {@code projects/p/secrets/s}
   * @return the name of the version
   */
  public String add(String secret, String text) {
    return add(secret, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a version with any bytes; returns its name. */
  public String add(String secret, byte[] payload) {
    NavigableMap<Integer, Version> versions = secrets.computeIfAbsent(secret, s -> new TreeMap<>());
    synchronized (versions) {
      int number = versions.isEmpty() ? 1 : versions.lastKey() + 1;
      versions.put(number, new Version(ByteString.copyFrom(payload), "ENABLED"));
      return secret + "/versions/" + number;
    }
  }

  /** Disables a version; it can no longer be read. */
  public void disable(String version) {
    state(version, "DISABLED");
  }

  /** Destroys a version; it can never be read again. */
  public void destroy(String version) {
    state(version, "DESTROYED");
  }

  /** Answers each call from now on with this status; null: as it should. */
  public void fail(@Nullable Status status) {
    fault = status;
  }

  /** Changes a byte of each payload on its way from now on; the checksum stays. */
  public void damage() {
    damaging = true;
  }

  /** Returns the name in each call so far, in order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private record Version(ByteString payload, String state) {}

  private void state(String name, String state) {
    Matcher parts = NAME.matcher(name);
    NavigableMap<Integer, Version> versions = parts.matches() ? secrets.get(parts.group(1)) : null;
    if (versions == null) {
      throw new IllegalArgumentException("There is no " + name);
    }
    synchronized (versions) {
      versions.computeIfPresent(
          Integer.valueOf(parts.group(2)),
          (number, version) -> new Version(version.payload, state));
    }
  }

  private ServerServiceDefinition service() {
    MethodDescriptor<AccessSecretVersionRequest, AccessSecretVersionResponse> access =
        MethodDescriptor.<AccessSecretVersionRequest, AccessSecretVersionResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(SERVICE + "/AccessSecretVersion")
            .setRequestMarshaller(
                ProtoUtils.marshaller(AccessSecretVersionRequest.getDefaultInstance()))
            .setResponseMarshaller(
                ProtoUtils.marshaller(AccessSecretVersionResponse.getDefaultInstance()))
            .build();
    return ServerServiceDefinition.builder(SERVICE)
        .addMethod(access, ServerCalls.asyncUnaryCall(this::access))
        .build();
  }

  private void access(
      AccessSecretVersionRequest request, StreamObserver<AccessSecretVersionResponse> reply) {
    String name = request.getName();
    asked.add(name);
    Status forced = fault;
    if (forced != null) {
      reply.onError(forced.asRuntimeException());
      return;
    }
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      reply.onError(
          Status.INVALID_ARGUMENT
              .withDescription("The provided Secret Version ID is invalid.")
              .asRuntimeException());
      return;
    }
    NavigableMap<Integer, Version> versions = secrets.get(parts.group(1));
    if (versions == null) {
      reply.onError(notFound("Secret [" + parts.group(1) + "] not found or has no versions."));
      return;
    }
    synchronized (versions) {
      String last = parts.group(2);
      int number = last.equals("latest") ? versions.lastKey() : number(last);
      Version version = versions.get(number);
      if (version == null) {
        reply.onError(notFound("Secret Version [" + name + "] not found."));
      } else if (!version.state.equals("ENABLED")) {
        reply.onError(
            Status.FAILED_PRECONDITION
                .withDescription("Secret Version [" + name + "] is in " + version.state + " state.")
                .asRuntimeException());
      } else {
        reply.onNext(answer(parts.group(1) + "/versions/" + number, version.payload));
        reply.onCompleted();
      }
    }
  }

  private AccessSecretVersionResponse answer(String name, ByteString payload) {
    CRC32C checksum = new CRC32C();
    checksum.update(payload.asReadOnlyByteBuffer());
    ByteString sent =
        damaging ? payload.substring(1).concat(ByteString.copyFromUtf8("?")) : payload;
    return AccessSecretVersionResponse.newBuilder()
        .setName(name)
        .setPayload(
            SecretPayload.newBuilder().setData(sent).setDataCrc32C(checksum.getValue()).build())
        .build();
  }

  /** Returns the number, or 0, which no version has. */
  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  private static RuntimeException notFound(String description) {
    return Status.NOT_FOUND.withDescription(description).asRuntimeException();
  }
}
