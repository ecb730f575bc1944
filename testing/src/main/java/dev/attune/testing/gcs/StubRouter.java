package dev.attune.testing.gcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.gcs.StubCall.Kind;
import dev.attune.testing.http.StubReply;
import dev.attune.testing.http.StubRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out what a request asks for, and lets the faults and then the right class answer. */
final class StubRouter {
  private final StorageStub stub;
  private final StubUploads uploads;
  private final StubCopies copies;

  StubRouter(StorageStub stub, StubContent.Place place) {
    this.stub = stub;
    uploads = new StubUploads(place, stub.url());
    copies = new StubCopies(place, stub.url());
  }

  StubReply answer(StubRequest request) throws IOException {
    StubCall call = stub.record(call(request));
    boolean media = call.kind() == Kind.DOWNLOAD;
    return stub.faults().answer(call, request, media, () -> serve(call, request));
  }

  private StubReply serve(StubCall call, StubRequest request) throws IOException {
    boolean media = call.kind() == Kind.DOWNLOAD;
    try {
      try {
        if (stub.needsCredentials() && !request.headers().containsKey("Authorization")) {
          throw StubRefusal.of(401);
        }
        return dispatch(call, request);
      } catch (NoSuchFileException e) {
        // Replaced or deleted between the look at it and the opening.
        throw StubRefusal.noObject(call.bucket(), call.object());
      } catch (JsonProcessingException e) {
        throw StubRefusal.invalid("Parse Error");
      }
    } catch (StubRefusal e) {
      request.body().transferTo(OutputStream.nullOutputStream());
      return e.reply(media);
    }
  }

  private StubReply dispatch(StubCall call, StubRequest request) throws IOException, StubRefusal {
    return switch (call.kind()) {
      case BATCH -> StubBatch.reply(request, this::answer);
      case CREATE_BUCKET -> createBucket(request);
      case UNKNOWN ->
          throw new StubRefusal(501, "notImplemented", "The stub does not know this call: " + call);
      default -> {
        StubBucket bucket = existing(call.bucket());
        bucket.require(call.kind().permission());
        yield dispatch(call, request, bucket);
      }
    };
  }

  private StubReply createBucket(StubRequest request) throws IOException, StubRefusal {
    ObjectNode given = request.json();
    String name = given.path("name").asText();
    if (stub.find(name) != null) {
      throw new StubRefusal(
          409,
          "conflict",
          "Your previous request to create the named bucket"
              + " succeeded and you already own it.");
    }
    StubBucket bucket = stub.bucket(name).location(given.path("location").asText("US"));
    return ok(StubJson.bucket(bucket, stub.url()), request);
  }

  private StubReply dispatch(StubCall call, StubRequest request, StubBucket bucket)
      throws IOException, StubRefusal {
    StubObjects objects = bucket.objects();
    String name = call.object();
    Long generation = StubPreconditions.number(request.parameters(), "generation");
    StubPreconditions preconditions = StubPreconditions.of(request.parameters());
    return switch (call.kind()) {
      case GET_BUCKET -> ok(StubJson.bucket(bucket, stub.url()), request);
      case LIST -> StubReply.json(200, StubListing.page(objects, request.parameters(), stub.url()));
      case GET_OBJECT -> ok(json(objects.find(name, generation, preconditions)), request);
      case DOWNLOAD ->
          StubDownload.reply(
              objects.find(name, generation, preconditions), request.headers().get("Range"));
      case INSERT, START_UPLOAD -> uploads.start(bucket, request);
      case UPLOAD_CHUNK, QUERY_UPLOAD -> uploads.resume(request);
      case UPDATE -> {
        boolean merge = request.method().equals("PATCH");
        yield ok(
            json(objects.update(name, generation, preconditions, request.json(), merge)), request);
      }
      case DELETE -> {
        objects.delete(bucket, name, generation, preconditions);
        yield StubReply.empty(204);
      }
      case COMPOSE -> copies.compose(new StubCopies.Name(bucket, name), request);
      case REWRITE ->
          copies.rewrite(
              new StubCopies.Name(bucket, name),
              target(request),
              request,
              stub.rewriteBytesPerCall());
      case COPY -> copies.copy(new StubCopies.Name(bucket, name), target(request), request);
      case BATCH, CREATE_BUCKET, UNKNOWN -> throw StubRefusal.of(501);
    };
  }

  private StubReply ok(ObjectNode resource, StubRequest request) {
    return StubReply.json(200, StubFields.select(resource, request.parameters().get("fields")));
  }

  private ObjectNode json(StubObject object) {
    return StubJson.object(object, stub.url());
  }

  private StubCopies.Name target(StubRequest request) throws StubRefusal {
    return new StubCopies.Name(existing(request.segment(8)), request.segment(10));
  }

  private StubBucket existing(String name) throws StubRefusal {
    StubBucket bucket = stub.find(name);
    if (bucket == null) {
      throw StubRefusal.noBucket();
    }
    return bucket;
  }

  /** What a request asks for; the number is to be given. */
  private StubCall call(StubRequest request) {
    List<String> path = request.path();
    String bucket = "";
    String object = "";
    Kind kind = Kind.UNKNOWN;
    if (request.segment(0).equals("batch")) {
      kind = Kind.BATCH;
    } else if (startsWith(path, "storage", "v1", "b")) {
      bucket = request.segment(3);
      object = request.segment(5);
      kind = kindOfStorageCall(request);
    } else if (startsWith(path, "download", "storage", "v1", "b")) {
      bucket = request.segment(4);
      object = request.segment(6);
      kind = path.size() == 7 ? Kind.DOWNLOAD : Kind.UNKNOWN;
    } else if (startsWith(path, "upload", "storage", "v1", "b")) {
      bucket = request.segment(4);
      boolean session = request.parameters().containsKey("upload_id");
      object = session ? uploads.objectOf(request) : request.parameters().getOrDefault("name", "");
      kind = kindOfUpload(request, session);
    }
    return new StubCall(0, kind, request.method(), bucket, object, request.parameters());
  }

  private static Kind kindOfUpload(StubRequest request, boolean session) {
    if (session) {
      return StubUploads.isQuery(request) ? Kind.QUERY_UPLOAD : Kind.UPLOAD_CHUNK;
    }
    return "resumable".equals(request.parameters().get("uploadType"))
        ? Kind.START_UPLOAD
        : Kind.INSERT;
  }

  private static Kind kindOfStorageCall(StubRequest request) {
    String form = request.method().toUpperCase(Locale.ROOT) + " " + request.path().size();
    return switch (form) {
      case "POST 3" -> Kind.CREATE_BUCKET;
      case "GET 4" -> Kind.GET_BUCKET;
      case "GET 5" -> Kind.LIST;
      case "GET 6" -> isMedia(request) ? Kind.DOWNLOAD : Kind.GET_OBJECT;
      case "PATCH 6", "PUT 6" -> Kind.UPDATE;
      case "DELETE 6" -> Kind.DELETE;
      case "POST 7", "PUT 7" -> request.segment(6).equals("compose") ? Kind.COMPOSE : Kind.UNKNOWN;
      case "POST 11", "PUT 11" -> kindOfCopy(request.segment(6));
      default -> Kind.UNKNOWN;
    };
  }

  private static boolean isMedia(StubRequest request) {
    return "media".equals(request.parameters().get("alt"));
  }

  private static Kind kindOfCopy(@Nullable String verb) {
    return "rewriteTo".equals(verb) ? Kind.REWRITE : Kind.COPY;
  }

  private static boolean startsWith(List<String> path, String... segments) {
    return path.size() >= segments.length
        && path.subList(0, segments.length).equals(List.of(segments));
  }
}
