package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One generation of an object.
 *
 * @param generation larger than that of every object that was written before
 * @param metageneration from 1; counts changes of the metadata
 * @param components how many objects it was composed of; 0 if it was not
 * @param attributes what a client may set, in the names of the service
 */
record StubObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    StubContent content,
    int components,
    ObjectNode attributes,
    Instant created,
    Instant updated) {
  StubObject {
    attributes = attributes.deepCopy();
  }

  /** The values of metadata of the user's own. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    Iterator<Map.Entry<String, JsonNode>> fields = attributes.path("metadata").fields();
    fields.forEachRemaining(field -> metadata.put(field.getKey(), field.getValue().asText()));
    return metadata;
  }

  StubObject withAttributes(ObjectNode changed, Instant now) {
    return new StubObject(
        bucket, name, generation, metageneration + 1, content, components, changed, created, now);
  }

  String contentType() {
    return attributes.path("contentType").asText("application/octet-stream");
  }

  String contentEncoding() {
    return attributes.path("contentEncoding").asText("");
  }

  String etag() {
    return "stub-" + generation + "/" + metageneration;
  }
}
