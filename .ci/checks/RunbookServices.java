import com.google.cloud.aiplatform.v1.JobState;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attune.launcher.emulator.VertexEmulator;
import dev.attune.testing.dataflowapi.DataflowStub;
import dev.attune.testing.dataflowapi.JobScript;
import dev.attune.testing.gcs.StorageStub;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the runbook of deploy/ meets, on loopback, until the standard input ends: stubs of Cloud
 * Storage and Dataflow, the emulator of Vertex AI, PostgreSQL with an empty database attune, a
 * registry of images, and a way to control them. Prints NAME=VALUE lines.
 *
 * <p>Control: {@code POST /sql?user=U} runs the body in the database; {@code POST /answers?right=B}
 * makes tuned models right or wrong; {@code POST /jobs} lets tuning jobs run on; {@code GET
 * /digests} tells the images that were pushed.
 */
public final class RunbookServices {
  private static final Set<String> CATEGORIES = Set.of("refund", "delivery", "login");
  private static final Map<String, String> DIGESTS = new ConcurrentSkipListMap<>();
  private static final Map<String, Integer> UPLOADS = new ConcurrentHashMap<>();
  private static final Map<String, Integer> BLOBS = new ConcurrentHashMap<>();
  private static volatile boolean isRight = true;

  private RunbookServices() {}

  public static void main(String[] args) throws Exception {
    try (StorageStub storage = StorageStub.inMemory();
        DataflowStub dataflow = DataflowStub.start();
        VertexEmulator vertex = VertexEmulator.start();
        EmbeddedPostgres database = EmbeddedPostgres.start()) {
      dataflow.script(JobScript.of().runningOn());
      vertex.readsAlso(storage);
      vertex.script(JobState.JOB_STATE_SUCCEEDED);
      vertex.answer(
          request -> {
            String asked =
                request.getContents(request.getContentsCount() - 1).getParts(0).getText();
            boolean knows = isRight && !request.getModel().contains("/publishers/");
            return VertexEmulator.reply(
                knows
                    ? CATEGORIES.stream().filter(asked::contains).findFirst().orElseThrow()
                    : "login");
          });
      String postgres = database.getJdbcUrl("postgres", "postgres");
      run(postgres, "CREATE DATABASE attune");
      String attune = database.getJdbcUrl("postgres", "attune");
      // As from PostgreSQL 15 on.
      run(attune, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
      HttpServer control = server();
      control.createContext("/sql", call -> sql(call, database));
      control.createContext("/answers", RunbookServices::setAnswers);
      control.createContext(
          "/jobs",
          call -> {
            vertex.script(JobState.JOB_STATE_RUNNING);
            reply(call, 200, "", Map.of());
          });
      control.createContext("/digests", call -> reply(call, 200, digests(), Map.of()));
      control.start();
      HttpServer registry = server();
      registry.createContext("/", RunbookServices::serveRegistry);
      registry.start();
      System.out.println("storage=" + storage.url());
      System.out.println("dataflow=" + dataflow.url());
      System.out.println("vertex=" + vertex.endpoint());
      System.out.println("database=" + database.getPort());
      System.out.println("control=http://127.0.0.1:" + control.getAddress().getPort());
      System.out.println("registry=" + registry.getAddress().getPort());
      System.out.println("ready=yes");
      while (System.in.read() >= 0) {}
      control.stop(0);
      registry.stop(0);
    }
  }

  private static HttpServer server() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    return server;
  }

  private static void run(String url, String sql) throws SQLException {
    try (Connection connection = java.sql.DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void sql(HttpExchange call, EmbeddedPostgres database) throws IOException {
    String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    try {
      run(database.getJdbcUrl(query(call).get("user"), "attune"), body);
      reply(call, 200, "", Map.of());
    } catch (SQLException e) {
      reply(call, 400, e.getMessage(), Map.of());
    }
  }

  private static void setAnswers(HttpExchange call) throws IOException {
    isRight = Boolean.parseBoolean(query(call).get("right"));
    reply(call, 200, "", Map.of());
  }

  private static String digests() {
    return DIGESTS.entrySet().stream()
        .map(image -> "\"%s\": \"%s\"".formatted(image.getKey(), image.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Map<String, String> query(HttpExchange call) {
    String query = call.getRequestURI().getQuery();
    return query == null
        ? Map.of()
        : Stream.of(query.split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** Pushes of the OCI distribution specification, with the name and password of the helper. */
  private static void serveRegistry(HttpExchange call) throws IOException {
    byte[] body = call.getRequestBody().readAllBytes();
    String path = call.getRequestURI().getPath();
    String given = call.getRequestHeaders().getFirst("Authorization");
    if (given == null || !given.startsWith("Basic ")) {
      reply(call, 401, "", Map.of("WWW-Authenticate", "Basic realm=\"registry\""));
      return;
    }
    String[] step = path.split("/");
    String image = step.length > 4 ? step[4] : "";
    switch (call.getRequestMethod() + " " + (path.contains("/blobs/") ? "blob" : "manifest")) {
      case "HEAD blob" -> {
        Integer size = BLOBS.get(step[step.length - 1]);
        reply(
            call,
            size == null ? 404 : 200,
            "",
            size == null ? Map.of() : Map.of("Content-Length", size.toString()));
      }
      case "POST blob" -> reply(call, 202, "", Map.of("Location", path + UUID.randomUUID()));
      case "PATCH blob" -> {
        UPLOADS.put(path, body.length);
        reply(call, 202, "", Map.of("Location", path));
      }
      case "PUT blob" -> {
        BLOBS.put(query(call).get("digest"), UPLOADS.getOrDefault(path, body.length));
        reply(call, 201, "", Map.of("Location", path));
      }
      case "PUT manifest" -> {
        String digest = "sha256:" + sha256(body);
        DIGESTS.put(image, digest);
        reply(call, 201, "", Map.of("Docker-Content-Digest", digest));
      }
      case "HEAD manifest" -> reply(call, 404, "", Map.of());
      default -> reply(call, step.length > 2 ? 404 : 200, "", Map.of());
    }
  }

  private static String sha256(byte[] bytes) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private static void reply(HttpExchange call, int status, String body, Map<String, String> headers)
      throws IOException {
    try (call) {
      new TreeMap<>(headers).forEach((name, value) -> call.getResponseHeaders().set(name, value));
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = call.getResponseBody()) {
        out.write(bytes);
      }
    }
  }
}
