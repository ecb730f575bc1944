package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The resources of the service as JSON. Numbers of 64 bits are texts there. */
final class StubJson {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant BUCKET_CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private StubJson() {}

  static ObjectNode newObject() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode bucket(StubBucket bucket, String url) {
    ObjectNode node =
        newObject()
            .put("kind", "storage#bucket")
            .put("id", bucket.name())
            .put("selfLink", url + "/storage/v1/b/" + bucket.name())
            .put("projectNumber", "1")
            .put("name", bucket.name())
            .put("metageneration", "1")
            .put("location", bucket.location())
            .put("locationType", bucket.location().contains("-") ? "region" : "multi-region")
            .put("storageClass", "STANDARD")
            .put("etag", "stub-1")
            .put("timeCreated", TIME.format(BUCKET_CREATED))
            .put("updated", TIME.format(BUCKET_CREATED));
    if (!bucket.retention().isZero()) {
      node.putObject("retentionPolicy")
          .put("retentionPeriod", Long.toString(bucket.retention().toSeconds()))
          .put("effectiveTime", TIME.format(BUCKET_CREATED))
          .put("isLocked", false);
    }
    return node;
  }

  static ObjectNode object(StubObject object, String url) {
    String address =
        object.bucket()
            + "/o/"
            + URLEncoder.encode(object.name(), StandardCharsets.UTF_8).replace("+", "%20");
    ObjectNode node =
        newObject()
            .put("kind", "storage#object")
            .put("id", object.bucket() + "/" + object.name() + "/" + object.generation())
            .put("selfLink", url + "/storage/v1/b/" + address)
            .put(
                "mediaLink",
                url
                    + "/download/storage/v1/b/"
                    + address
                    + "?generation="
                    + object.generation()
                    + "&alt=media")
            .put("name", object.name())
            .put("bucket", object.bucket())
            .put("generation", Long.toString(object.generation()))
            .put("metageneration", Long.toString(object.metageneration()))
            .put("contentType", object.contentType())
            .put("storageClass", "STANDARD")
            .put("size", Long.toString(object.content().size()))
            .put("crc32c", object.content().crc32c())
            .put("etag", object.etag())
            .put("timeCreated", TIME.format(object.created()))
            .put("updated", TIME.format(object.updated()))
            .put("timeStorageClassUpdated", TIME.format(object.created()));
    if (object.components() == 0) {
      node.put("md5Hash", object.content().md5());
    } else {
      node.put("componentCount", object.components());
    }
    node.setAll(object.attributes());
    return node;
  }
}
