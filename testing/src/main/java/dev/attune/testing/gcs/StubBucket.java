package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bucket of the stub, for tests: its settings, and its objects without HTTP. Changes that a test
 * makes here need no permission and are subject to no retention.
 */
public final class StubBucket {
  private final String name;
  private final StubContent.Place place;
  private final StubObjects objects;
  private final Set<String> denied = ConcurrentHashMap.newKeySet();
  private volatile String location = "US";
  private volatile Duration retention = Duration.ZERO;

  StubBucket(String name, StubContent.Place place, StubObjects objects) {
    this.name = name;
    this.place = place;
    this.objects = objects;
  }

  /** The name without {@code gs://}. */
  public String name() {
    return name;
  }

  /** Sets the location that the bucket's metadata gives, such as {@code EU}. Default: US. */
  public StubBucket location(String value) {
    location = value;
    return this;
  }

  String location() {
    return location;
  }

  /** Refuses to delete or replace objects that are younger than this. Zero: no policy. */
  public StubBucket retention(Duration period) {
    retention = period;
    return this;
  }

  Duration retention() {
    return retention;
  }

  /**
   * Answers calls that need one of these permissions with 403, such as {@code
   * storage.objects.delete}. Replacing an object needs the permissions to create and to delete.
   */
  public StubBucket deny(String... permissions) {
    denied.addAll(List.of(permissions));
    return this;
  }

  /** Answers every call with 403. */
  public StubBucket denyAll() {
    for (StubCall.Kind kind : StubCall.Kind.values()) {
      denied.add(kind.permission());
    }
    denied.remove("");
    return this;
  }

  /** Takes all of {@link #deny} and {@link #denyAll} back. */
  public StubBucket allow() {
    denied.clear();
    return this;
  }

  /** Creates or replaces an object of type text/plain and returns its generation. */
  public long put(String object, byte[] content) throws IOException {
    return put(object, content, Map.of());
  }

  /** Creates or replaces an object with metadata and returns its generation. */
  public long put(String object, byte[] content, Map<String, String> metadata) throws IOException {
    return put(object, place.of(content), metadata);
  }

  long put(String object, StubContent content, Map<String, String> metadata) throws IOException {
    ObjectNode attributes = JsonNodeFactory.instance.objectNode().put("contentType", "text/plain");
    if (!metadata.isEmpty()) {
      ObjectNode own = attributes.putObject("metadata");
      metadata.forEach(own::put);
    }
    return objects.replace(object, attributes, content).generation();
  }

  /** Returns whether there is such an object. */
  public boolean contains(String object) {
    return objects.current(object) != null;
  }

  /** Returns the content of an object, which must fit into memory. */
  public byte[] read(String object) throws IOException {
    try (InputStream in = existing(object).content().open(0)) {
      return in.readAllBytes();
    }
  }

  /** Returns the generation of an object. */
  public long generation(String object) {
    return existing(object).generation();
  }

  /** Returns how often the metadata of an object was set; 1 for a new generation. */
  public long metageneration(String object) {
    return existing(object).metageneration();
  }

  /** Returns the metadata of the user's own, by name. */
  public Map<String, String> metadata(String object) {
    return existing(object).metadata();
  }

  /** Returns the names of all objects with this prefix, in the order of a listing. */
  public List<String> names(String prefix) {
    return objects.from(prefix, "", Integer.MAX_VALUE).stream().map(StubObject::name).toList();
  }

  /** Deletes an object. Does nothing if there is none. */
  public void delete(String object) throws IOException {
    objects.remove(object);
  }

  StubObjects objects() {
    return objects;
  }

  /** Refuses with 403 what is denied. */
  void require(String permission) throws StubRefusal {
    if (denied.contains(permission)) {
      throw StubRefusal.forbidden(permission);
    }
  }

  private StubObject existing(String object) {
    StubObject found = objects.current(object);
    if (found == null) {
      throw new IllegalArgumentException("no object " + object + " in the bucket " + name);
    }
    return found;
  }
}
