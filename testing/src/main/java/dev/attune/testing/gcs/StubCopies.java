package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.attune.testing.http.StubReply;
import dev.attune.testing.http.StubRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes objects of other objects. Sources are taken as they are when a call begins; the
 * preconditions of the target are checked when it is written.
 */
final class StubCopies {
  private static final int MOST_SOURCES = 32;

  private final StubContent.Place place;
  private final String url;
  private final Map<String, Rewrite> rewrites = new ConcurrentHashMap<>();

  /** How much of a rewrite is done. */
  private record Rewrite(StubObject source, long done) {}

  /** An object by its bucket and name. */
  record Name(StubBucket bucket, String object) {}

  StubCopies(StubContent.Place place, String url) {
    this.place = place;
    this.url = url;
  }

  StubReply compose(Name target, StubRequest request) throws IOException, StubRefusal {
    ObjectNode body = request.json();
    StubPreconditions preconditions = StubPreconditions.of(request.parameters());
    // Before the work, so that a refusal costs nothing; and again when the target is written.
    preconditions.check(target.bucket().objects().current(target.object()));
    List<StubObject> sources = sources(target.bucket(), body.path("sourceObjects"));
    int components = 0;
    try (StubContent.Writer writer = place.writer()) {
      for (StubObject source : sources) {
        components += Math.max(1, source.components());
        try (InputStream in = source.content().open(0)) {
          in.transferTo(writer);
        }
      }
      ObjectNode attributes = StubJson.newObject();
      if (body.path("destination") instanceof ObjectNode given) {
        attributes.setAll(given);
      }
      if (!attributes.has("contentType") && !sources.isEmpty()) {
        attributes.put("contentType", sources.get(0).contentType());
      }
      return created(
          insert(target, attributes, writer.finish(), components, preconditions), request);
    }
  }

  private static List<StubObject> sources(StubBucket bucket, JsonNode named) throws StubRefusal {
    if (named.size() < 1 || named.size() > MOST_SOURCES) {
      throw StubRefusal.invalid(
          "The number of source components provided (%d) exceeds the maximum (%d)"
              .formatted(named.size(), MOST_SOURCES));
    }
    bucket.require("storage.objects.get");
    List<StubObject> sources = new ArrayList<>();
    for (JsonNode source : named) {
      Map<String, String> conditions = new HashMap<>();
      source
          .path("objectPreconditions")
          .fields()
          .forEachRemaining(field -> conditions.put(field.getKey(), field.getValue().asText()));
      Long generation =
          source.hasNonNull("generation") ? (Long) source.path("generation").asLong() : null;
      sources.add(
          bucket
              .objects()
              .source(source.path("name").asText(), generation, StubPreconditions.of(conditions)));
    }
    return sources;
  }

  /**
   * Copies an object, or a part of it.
   *
   * @param bytesPerCall how many bytes one call copies at most
   */
  StubReply rewrite(Name from, Name to, StubRequest request, long bytesPerCall)
      throws IOException, StubRefusal {
    to.bucket().require("storage.objects.create");
    Rewrite before = before(from, request);
    long size = before.source().content().size();
    Long asked = StubPreconditions.number(request.parameters(), "maxBytesRewrittenPerCall");
    long step = asked == null ? bytesPerCall : Math.min(bytesPerCall, asked);
    long done = size - before.done() <= step ? size : before.done() + step;
    ObjectNode answer =
        StubJson.newObject()
            .put("kind", "storage#rewriteResponse")
            .put("totalBytesRewritten", Long.toString(done))
            .put("objectSize", Long.toString(size))
            .put("done", done == size);
    if (done == size) {
      StubObject copy = copy(before.source(), to, request);
      answer.set("resource", StubJson.object(copy, url));
    } else {
      StubPreconditions.of(request.parameters()).check(to.bucket().objects().current(to.object()));
      String token = UUID.randomUUID().toString();
      rewrites.put(token, new Rewrite(before.source(), done));
      answer.put("rewriteToken", token);
    }
    return StubReply.json(200, StubFields.select(answer, request.parameters().get("fields")));
  }

  /** Every call of a rewrite checks the source anew. */
  private Rewrite before(Name from, StubRequest request) throws StubRefusal {
    StubObject source = source(from, request);
    String token = request.parameters().get("rewriteToken");
    if (token == null) {
      return new Rewrite(source, 0);
    }
    // A token stays valid, as for a call whose reply was lost.
    Rewrite known = rewrites.get(token);
    if (known == null) {
      throw StubRefusal.invalid("Invalid rewrite token.");
    }
    if (known.source().generation() != source.generation()) {
      throw StubRefusal.noObject(source.bucket(), source.name());
    }
    return known;
  }

  StubReply copy(Name from, Name to, StubRequest request) throws IOException, StubRefusal {
    to.bucket().require("storage.objects.create");
    return created(copy(source(from, request), to, request), request);
  }

  private static StubObject source(Name from, StubRequest request) throws StubRefusal {
    return from.bucket()
        .objects()
        .source(
            from.object(),
            StubPreconditions.number(request.parameters(), "sourceGeneration"),
            StubPreconditions.ofSource(request.parameters()));
  }

  private StubObject copy(StubObject source, Name to, StubRequest request)
      throws IOException, StubRefusal {
    ObjectNode given = request.json();
    return insert(
        to,
        given.isEmpty() ? source.attributes() : given,
        place.copy(source.content()),
        source.components(),
        StubPreconditions.of(request.parameters()));
  }

  private static StubObject insert(
      Name target,
      ObjectNode attributes,
      StubContent content,
      int components,
      StubPreconditions preconditions)
      throws IOException, StubRefusal {
    boolean kept = false;
    try {
      StubObject object =
          target
              .bucket()
              .objects()
              .insert(
                  target.bucket(), target.object(), attributes, content, components, preconditions);
      kept = true;
      return object;
    } finally {
      if (!kept) {
        content.release();
      }
    }
  }

  private StubReply created(StubObject object, StubRequest request) {
    return StubReply.json(
        200, StubFields.select(StubJson.object(object, url), request.parameters().get("fields")));
  }
}
