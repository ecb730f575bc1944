package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.http.StubReply;
import dev.attune.testing.http.StubRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Uploads of whole objects: as the body (media), as a part of the body (multipart), or in chunks
 * (resumable). The preconditions of a resumable upload are checked with its last chunk. A session
 * that is complete answers again what it answered, so that a client whose reply was lost learns of
 * its success.
 */
final class StubUploads {
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");
  private static final Pattern CRC = Pattern.compile("crc32c=([A-Za-z0-9+/=]+)");

  private final StubContent.Place place;
  private final String url;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  StubUploads(StubContent.Place place, String url) {
    this.place = place;
    this.url = url;
  }

  /** What is known of an object before its content. */
  private record Target(
      StubBucket bucket,
      String name,
      ObjectNode attributes,
      StubPreconditions preconditions,
      @Nullable String fields) {
    static Target of(StubBucket bucket, StubRequest request, ObjectNode metadata)
        throws StubRefusal {
      String name = request.parameters().getOrDefault("name", metadata.path("name").asText());
      if (name.isEmpty()) {
        throw new StubRefusal(400, "required", "Required parameter: name");
      }
      if (!metadata.has("contentType")) {
        String type = request.headers().get("X-Upload-Content-Type");
        metadata.put("contentType", type == null ? "application/octet-stream" : type);
      }
      return new Target(
          bucket,
          name,
          metadata,
          StubPreconditions.of(request.parameters()),
          request.parameters().get("fields"));
    }
  }

  /** A resumable upload. */
  private static final class Session {
    private final Target target;
    private StubContent.@Nullable Writer writer;
    private @Nullable ObjectNode created;
    private @Nullable StubRefusal refused;

    Session(Target target, StubContent.Writer writer) {
      this.target = target;
      this.writer = writer;
    }
  }

  /** Creates an object in one call, or begins a resumable upload. */
  StubReply start(StubBucket bucket, StubRequest request) throws IOException, StubRefusal {
    return switch (request.parameters().getOrDefault("uploadType", "media")) {
      case "resumable" -> startSession(bucket, request);
      case "multipart" -> multipart(bucket, request);
      case "media" -> media(bucket, request);
      default -> throw StubRefusal.invalid("Unknown uploadType.");
    };
  }

  private StubReply media(StubBucket bucket, StubRequest request) throws IOException, StubRefusal {
    ObjectNode metadata = StubJson.newObject();
    String type = request.headers().get("Content-Type");
    if (type != null) {
      metadata.put("contentType", type);
    }
    Target target = Target.of(bucket, request, metadata);
    try (StubContent.Writer writer = place.writer()) {
      copy(request.body(), writer, 0);
      return StubReply.json(200, create(target, writer, hashHeader(request)));
    }
  }

  private StubReply multipart(StubBucket bucket, StubRequest request)
      throws IOException, StubRefusal {
    MultipartReader parts =
        new MultipartReader(request.body(), request.headers().getOrDefault("Content-Type", "none"));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    nextPart(parts);
    parts.copyBody(json);
    ObjectNode metadata = StubRequest.json(json.toByteArray());
    Map<String, String> headers = nextPart(parts);
    if (!metadata.has("contentType") && headers.containsKey("Content-Type")) {
      metadata.put("contentType", headers.get("Content-Type"));
    }
    Target target = Target.of(bucket, request, metadata);
    try (StubContent.Writer writer = place.writer()) {
      parts.copyBody(writer);
      return StubReply.json(200, create(target, writer, hashHeader(request)));
    }
  }

  private static Map<String, String> nextPart(MultipartReader parts)
      throws IOException, StubRefusal {
    if (!parts.next()) {
      throw StubRefusal.invalid("A multipart upload has two parts.");
    }
    return parts.headers();
  }

  private StubReply startSession(StubBucket bucket, StubRequest request)
      throws IOException, StubRefusal {
    Target target = Target.of(bucket, request, request.json());
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Session(target, place.writer()));
    String address =
        url + "/upload/storage/v1/b/" + bucket.name() + "/o?uploadType=resumable&upload_id=" + id;
    return StubReply.empty(200, Map.of("Location", address, "X-GUploader-UploadID", id));
  }

  /** Returns whether a request only asks how far an upload is. */
  static boolean isQuery(StubRequest request) {
    Matcher range = RANGE.matcher(request.headers().getOrDefault("Content-Range", ""));
    return range.matches() && range.group(1) == null;
  }

  /** Returns the name of the object of an upload; empty if there is no such upload. */
  String objectOf(StubRequest request) {
    Session session = sessions.get(request.parameters().getOrDefault("upload_id", ""));
    return session == null ? "" : session.target.name();
  }

  /** Adds a chunk, or answers how far the upload is. */
  StubReply resume(StubRequest request) throws IOException, StubRefusal {
    String id = request.parameters().getOrDefault("upload_id", "");
    Session session = sessions.get(id);
    if (session == null) {
      throw StubRefusal.of(404);
    }
    synchronized (session) {
      StubContent.Writer writer = session.writer;
      if (request.method().equals("DELETE")) {
        sessions.remove(id);
        if (writer != null) {
          writer.close();
        }
        return StubReply.empty(499);
      }
      if (writer != null) {
        if (!append(writer, request)) {
          return incomplete(writer);
        }
        session.writer = null;
        finish(session, writer, hashHeader(request));
      }
      if (session.refused != null) {
        throw session.refused;
      }
      return StubReply.json(200, Objects.requireNonNull(session.created));
    }
  }

  /** Returns whether the upload is complete. */
  private static boolean append(StubContent.Writer writer, StubRequest request)
      throws IOException, StubRefusal {
    String header = request.headers().get("Content-Range");
    if (header == null) {
      copy(request.body(), writer, 0);
      return true;
    }
    Matcher range = RANGE.matcher(header);
    if (!range.matches()) {
      throw StubRefusal.invalid("Invalid Content-Range: " + header);
    }
    if (range.group(1) != null) {
      long first = Long.parseLong(range.group(1));
      long arrived = writer.size();
      if (first > arrived) {
        throw StubRefusal.invalid("Bytes from " + arrived + " are missing: " + header);
      }
      copy(request.body(), writer, arrived - first);
    }
    String total = range.group(3);
    if (total.equals("*")) {
      return false;
    }
    if (writer.size() > Long.parseLong(total)) {
      throw StubRefusal.invalid("More bytes arrived than the total: " + header);
    }
    return writer.size() == Long.parseLong(total);
  }

  private static StubReply incomplete(StubContent.Writer writer) {
    Map<String, String> headers = new HashMap<>();
    if (writer.size() > 0) {
      headers.put("Range", "bytes=0-" + (writer.size() - 1));
    }
    return StubReply.empty(308, headers);
  }

  private void finish(Session session, StubContent.Writer writer, String hash) throws IOException {
    try {
      session.created = create(session.target, writer, hash);
    } catch (StubRefusal e) {
      session.refused = e;
      writer.close();
    }
  }

  private ObjectNode create(Target target, StubContent.Writer writer, String hash)
      throws IOException, StubRefusal {
    StubContent content = writer.finish();
    boolean kept = false;
    try {
      checkHash("CRC32C", target.attributes().path("crc32c").asText(), content.crc32c());
      checkHash("CRC32C", hash, content.crc32c());
      checkHash("MD5 hash", target.attributes().path("md5Hash").asText(), content.md5());
      StubObject object =
          target
              .bucket()
              .objects()
              .insert(
                  target.bucket(),
                  target.name(),
                  target.attributes(),
                  content,
                  0,
                  target.preconditions());
      kept = true;
      return StubFields.select(StubJson.object(object, url), target.fields());
    } finally {
      if (!kept) {
        content.release();
      }
    }
  }

  private static void checkHash(String what, String given, String calculated) throws StubRefusal {
    if (!given.isEmpty() && !given.equals(calculated)) {
      throw StubRefusal.invalid(
          "Provided %s \"%s\" doesn't match calculated %s \"%s\"."
              .formatted(what, given, what, calculated));
    }
  }

  private static String hashHeader(StubRequest request) {
    Matcher crc = CRC.matcher(request.headers().getOrDefault("X-Goog-Hash", ""));
    return crc.find() ? crc.group(1) : "";
  }

  private static void copy(InputStream in, StubContent.Writer out, long skipped)
      throws IOException {
    byte[] buffer = new byte[1 << 18];
    long left = skipped;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      int known = (int) Math.min(left, n);
      out.write(buffer, known, n - known);
      left -= known;
    }
  }
}
