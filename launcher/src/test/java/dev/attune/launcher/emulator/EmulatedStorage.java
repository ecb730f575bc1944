package dev.attune.launcher.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.attune.launcher.emulator.EmulatedObjects.StoredObject;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The JSON API of Cloud Storage, as far as a client uploads, looks and downloads. */
final class EmulatedStorage implements AutoCloseable {
  private static final Pattern OBJECT =
      Pattern.compile("(/download)?/storage/v1/b/([^/]+)/o/([^/]+)");
  private static final Pattern UPLOAD = Pattern.compile("/upload/storage/v1/b/([^/]+)/o");
  private static final Pattern RANGE = Pattern.compile("bytes (\\*|(\\d+)-(\\d+))/(\\*|\\d+)");

  static {
    // The JDK's server sends head and body apart; without this each reply waits 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Says that an upload goes on. */
  private static final int RESUME_INCOMPLETE = 308;

  private final Gate gate;
  private final EmulatedObjects objects;
  private final HttpServer server;
  private final ExecutorService threads;

  EmulatedStorage(Gate gate, EmulatedObjects objects) throws IOException {
    this.gate = gate;
    this.objects = objects;
    this.threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "emulated-storage");
              thread.setDaemon(true);
              return thread;
            });
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    Request request = Request.of(exchange);
    Call call =
        gate.arrived(
            request.method(),
            request.key(objects),
            null,
            exchange.getRequestHeaders().containsKey("Authorization"));
    Fault fault = gate.fault(call);
    if (fault != null && !fault.done()) {
      Call ended = gate.ended(call, fault.outcome());
      spoil(fault, request);
      gate.show(Moment.ANSWERED, ended);
      return;
    }
    Reply reply;
    try {
      reply = reply(request);
    } catch (HttpFault e) {
      Call ended = gate.ended(call, Integer.toString(e.code()));
      send(exchange, Reply.json(e.code(), e.toJson()));
      gate.show(Moment.ANSWERED, ended);
      return;
    }
    Call ended = gate.ended(call, fault == null ? "OK" : fault.outcome());
    gate.show(Moment.DONE, ended);
    if (fault != null && (fault.mute() || fault.answer() != null)) {
      throw new IOException("the reply is lost, as a test asked");
    }
    gate.pause(fault == null ? Duration.ZERO : fault.delay());
    send(exchange, reply);
    gate.show(Moment.ANSWERED, ended);
  }

  /** A call that is not carried out: its code, or the end of its connection. */
  private void spoil(Fault fault, Request request) throws IOException {
    Integer cut = fault.cutAfterBytes();
    Status.Code answer = fault.answer();
    if (cut != null) {
      byte[] arrived = request.exchange().getRequestBody().readNBytes(cut);
      try {
        objects.append(request.parameter("upload_id"), request.from(), arrived, true);
      } catch (HttpFault e) {
        throw new IOException(e);
      }
      throw new IOException("the connection is cut, as a test asked");
    }
    if (answer == null) {
      throw new IOException("no reply, as a test asked");
    }
    send(
        request.exchange(),
        Reply.json(
            httpCode(answer), new HttpFault(httpCode(answer), "asked for by a test").toJson()));
  }

  private Reply reply(Request request) throws HttpFault, IOException {
    return switch (request.method()) {
      case STAT -> Reply.json(200, objects.get(request.key(objects)).toJson());
      case DOWNLOAD -> new Reply(200, objects.get(request.key(objects)).bytes(), Map.of());
      case UPLOAD -> begin(request);
      case CHUNK -> chunk(request);
      case PUT_AT_ONCE -> multipart(request);
      default -> throw new HttpFault(404, "Not emulated: " + request.exchange().getRequestURI());
    };
  }

  private Reply begin(Request request) throws HttpFault, IOException {
    JsonNode metadata = EmulatedObjects.JSON.readTree(request.body());
    String id =
        objects.begin(
            request.key(objects), metadata, request.parameters().get("ifGenerationMatch"));
    String location = endpoint() + request.exchange().getRequestURI().getRawPath();
    return new Reply(
        200,
        ByteString.EMPTY,
        Map.of("Location", location + "?uploadType=resumable&upload_id=" + id));
  }

  private Reply chunk(Request request) throws HttpFault, IOException {
    String id = request.parameter("upload_id");
    byte[] body = request.body();
    Matcher range = RANGE.matcher(request.header("Content-Range", "bytes *" + "/*"));
    if (!range.matches()) {
      throw new HttpFault(400, "Invalid Content-Range.");
    }
    StoredObject made = objects.made(id);
    if (made != null) {
      return Reply.json(200, made.toJson());
    }
    if (body.length > 0) {
      objects.append(id, request.from(), body, false);
    }
    long received = objects.received(id);
    if (!range.group(4).equals("*") && Long.parseLong(range.group(4)) == received) {
      return Reply.json(200, objects.finish(id).toJson());
    }
    return new Reply(
        RESUME_INCOMPLETE,
        ByteString.EMPTY,
        received == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (received - 1)));
  }

  /** {@code multipart/related}: metadata, then the content. */
  private Reply multipart(Request request) throws HttpFault, IOException {
    String type = request.header("Content-Type", "");
    String boundary = "--" + type.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
    String body = new String(request.body(), StandardCharsets.ISO_8859_1);
    String[] parts = body.split(Pattern.quote(boundary), 4);
    byte[] metadata = content(parts[1]);
    String uri = request.key(objects);
    JsonNode json = EmulatedObjects.JSON.readTree(metadata);
    if (uri.endsWith("/")) {
      uri += json.path("name").asText();
    }
    String id = objects.begin(uri, json, request.parameters().get("ifGenerationMatch"));
    objects.append(id, 0, content(parts[2]), false);
    StoredObject stored = objects.finish(id);
    return Reply.json(200, stored.toJson());
  }

  private static byte[] content(String part) {
    int start = part.indexOf("\r\n\r\n") + 4;
    return part.substring(start, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static int httpCode(Status.Code code) {
    return switch (code) {
      case PERMISSION_DENIED -> 403;
      case UNAUTHENTICATED -> 401;
      case NOT_FOUND -> 404;
      case RESOURCE_EXHAUSTED -> 429;
      case INVALID_ARGUMENT -> 400;
      default -> 503;
    };
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getRequestBody().readAllBytes();
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.code(), reply.body().isEmpty() ? -1 : reply.body().size());
    if (!reply.body().isEmpty()) {
      exchange.getResponseBody().write(reply.body().toByteArray());
    }
    exchange.close();
  }

  private record Reply(int code, ByteString body, Map<String, String> headers) {
    static Reply json(int code, JsonNode body) {
      return new Reply(
          code,
          ByteString.copyFromUtf8(body.toString()),
          Map.of("Content-Type", "application/json; charset=UTF-8"));
    }
  }

  /** A request, with its parameters decoded. */
  private record Request(HttpExchange exchange, String path, Map<String, String> parameters) {
    static Request of(HttpExchange exchange) {
      Map<String, String> parameters = new HashMap<>();
      String query = exchange.getRequestURI().getRawQuery();
      for (String pair : query == null ? new String[0] : query.split("&")) {
        int at = pair.indexOf('=');
        parameters.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
      }
      return new Request(exchange, exchange.getRequestURI().getRawPath(), parameters);
    }

    Method method() {
      boolean media = "media".equals(parameters.get("alt"));
      if (!UPLOAD.matcher(path).matches()) {
        return media ? Method.DOWNLOAD : Method.STAT;
      }
      if (parameters.containsKey("upload_id")) {
        return Method.CHUNK;
      }
      return "resumable".equals(parameters.get("uploadType")) ? Method.UPLOAD : Method.PUT_AT_ONCE;
    }

    /** The URI of the object. */
    String key(EmulatedObjects objects) {
      Matcher object = OBJECT.matcher(path);
      if (object.matches()) {
        return "gs://" + decode(object.group(2)) + "/" + decode(object.group(3));
      }
      Matcher upload = UPLOAD.matcher(path);
      String id = parameters.get("upload_id");
      if (!upload.matches()) {
        return path;
      }
      try {
        return id == null
            ? "gs://" + decode(upload.group(1)) + "/" + parameters.getOrDefault("name", "")
            : objects.target(id);
      } catch (HttpFault e) {
        return String.valueOf(id);
      }
    }

    String parameter(String name) {
      return parameters.getOrDefault(name, "");
    }

    String header(String name, String otherwise) {
      @Nullable String value = exchange.getRequestHeaders().getFirst(name);
      return value == null ? otherwise : value;
    }

    /** The first byte that the request brings. */
    long from() {
      Matcher range = RANGE.matcher(header("Content-Range", ""));
      return range.matches() && range.group(2) != null ? Long.parseLong(range.group(2)) : 0;
    }

    byte[] body() throws IOException {
      byte[] raw = exchange.getRequestBody().readAllBytes();
      return header("Content-Encoding", "").equals("gzip")
          ? new GZIPInputStream(new ByteArrayInputStream(raw)).readAllBytes()
          : raw;
    }

    private static String decode(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }
}
