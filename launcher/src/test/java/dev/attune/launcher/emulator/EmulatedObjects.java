package dev.attune.launcher.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Buckets, objects and uploads that are under way. */
final class EmulatedObjects {
  static final ObjectMapper JSON = new ObjectMapper();

  /** The service keeps whole pieces of what arrived of a chunk that was cut. */
  private static final int PIECE_BYTES = 256 << 10;

  private final Set<String> buckets = ConcurrentHashMap.newKeySet();
  private final Map<String, StoredObject> objects = new HashMap<>();
  private final Map<String, Upload> uploads = new HashMap<>();
  private final Map<String, StoredObject> ended = new HashMap<>();
  private final List<String> finished = new ArrayList<>();
  private long generations = 1_700_000_000_000_000L;

  void addBucket(String name) {
    buckets.add(name);
  }

  /** The URIs of all objects that were uploaded, in order, one entry an upload. */
  synchronized List<String> finished() {
    return List.copyOf(finished);
  }

  synchronized byte @Nullable [] content(String uri) {
    StoredObject object = objects.get(uri);
    return object == null ? null : object.bytes().toByteArray();
  }

  /** Puts an object there without any upload. */
  synchronized void put(String uri, byte[] bytes) {
    objects.put(
        uri, new StoredObject(uri, ByteString.copyFrom(bytes), ++generations, "text/plain"));
  }

  synchronized StoredObject get(String uri) throws HttpFault {
    checkBucket(uri);
    StoredObject object = objects.get(uri);
    if (object == null) {
      throw new HttpFault(404, "No such object: " + uri.substring("gs://".length()));
    }
    return object;
  }

  /** Begins an upload, whose name is returned. */
  synchronized String begin(String uri, JsonNode metadata, @Nullable String ifGeneration)
      throws HttpFault {
    checkBucket(uri);
    check(uri, ifGeneration);
    String id = "upload-" + (uploads.size() + ended.size() + 1);
    uploads.put(id, new Upload(uri, metadata, ifGeneration, new ByteArrayOutputStream()));
    return id;
  }

  /** What an upload that has ended made, or null: it goes on. */
  synchronized @Nullable StoredObject made(String id) {
    return ended.get(id);
  }

  /** What an upload is for. */
  synchronized String target(String id) throws HttpFault {
    StoredObject made = ended.get(id);
    return made == null ? upload(id).uri() : made.uri();
  }

  /** Bytes that arrived of an upload. */
  synchronized long received(String id) throws HttpFault {
    return upload(id).bytes().size();
  }

  /**
   * More bytes of an upload.
   *
   * @param cut whether the connection broke after them
   */
  synchronized void append(String id, long from, byte[] chunk, boolean cut) throws HttpFault {
    Upload upload = upload(id);
    if (from != upload.bytes().size()) {
      throw new HttpFault(400, "Invalid range: " + from + " after " + upload.bytes().size());
    }
    int whole = cut ? chunk.length / PIECE_BYTES * PIECE_BYTES : chunk.length;
    upload.bytes().write(chunk, 0, whole);
  }

  /** Ends an upload: the object is there, or refused. */
  synchronized StoredObject finish(String id) throws HttpFault {
    Upload upload = upload(id);
    check(upload.uri(), upload.ifGeneration());
    StoredObject object =
        new StoredObject(
            upload.uri(),
            ByteString.copyFrom(upload.bytes().toByteArray()),
            generations + 1,
            upload.metadata().path("contentType").asText("application/octet-stream"));
    checksum("CRC32C", upload.metadata().path("crc32c"), object.crc32c());
    checksum("MD5", upload.metadata().path("md5Hash"), object.md5());
    generations++;
    uploads.remove(id);
    ended.put(id, object);
    objects.put(upload.uri(), object);
    finished.add(upload.uri());
    return object;
  }

  private static void checksum(String kind, JsonNode said, String is) throws HttpFault {
    if (said.isTextual() && !said.textValue().equals(is)) {
      throw new HttpFault(
          400,
          "Provided "
              + kind
              + " \""
              + said.textValue()
              + "\" doesn't match calculated "
              + kind
              + " \""
              + is
              + "\".");
    }
  }

  private Upload upload(String id) throws HttpFault {
    Upload upload = uploads.get(id);
    if (upload == null) {
      throw new HttpFault(404, "No such upload.");
    }
    return upload;
  }

  private void checkBucket(String uri) throws HttpFault {
    if (!buckets.contains(uri.split("/", 4)[2])) {
      throw new HttpFault(404, "The specified bucket does not exist.");
    }
  }

  private void check(String uri, @Nullable String ifGeneration) throws HttpFault {
    StoredObject standing = objects.get(uri);
    long generation = standing == null ? 0 : standing.generation();
    if (ifGeneration != null && Long.parseLong(ifGeneration) != generation) {
      throw new HttpFault(412, "At least one of the pre-conditions you specified did not hold.");
    }
  }

  private record Upload(
      String uri, JsonNode metadata, @Nullable String ifGeneration, ByteArrayOutputStream bytes) {}

  /** An object. */
  record StoredObject(String uri, ByteString bytes, long generation, String contentType) {
    String crc32c() {
      CRC32C crc = new CRC32C();
      crc.update(bytes.asReadOnlyByteBuffer());
      return Base64.getEncoder()
          .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    String md5() {
      try {
        return Base64.getEncoder()
            .encodeToString(MessageDigest.getInstance("MD5").digest(bytes.toByteArray()));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    ObjectNode toJson() {
      String[] parts = uri.split("/", 4);
      return JSON.createObjectNode()
          .put("kind", "storage#object")
          .put("bucket", parts[2])
          .put("name", parts[3])
          .put("generation", Long.toString(generation))
          .put("metageneration", "1")
          .put("contentType", contentType)
          .put("size", Integer.toString(bytes.size()))
          .put("md5Hash", md5())
          .put("crc32c", crc32c())
          .put("etag", "e" + generation);
    }
  }
}
