package dev.attune.testing.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket. Each method checks what its caller demands and takes effect in one step;
 * no other call comes between. Only the newest generation of an object exists.
 */
final class StubObjects {
  /** What a client may set. */
  private static final Set<String> SETTABLE =
      Set.of(
          "contentType",
          "contentEncoding",
          "contentDisposition",
          "contentLanguage",
          "cacheControl",
          "customTime",
          "metadata");

  /** The order of listings: by bytes of UTF-8, which is the order of code points. */
  private static final Comparator<String> ORDER = StubObjects::compareNames;

  private final String bucket;
  private final LongSupplier generations;
  private final NavigableMap<String, StubObject> objects = new TreeMap<>(ORDER);

  StubObjects(String bucket, LongSupplier generations) {
    this.bucket = bucket;
    this.generations = generations;
  }

  /** Growing numbers that look like the service's: microseconds since 1970. */
  static LongSupplier newGenerations() {
    AtomicLong last = new AtomicLong();
    return () ->
        last.updateAndGet(
            before -> {
              long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
              return Math.max(before + 1, now);
            });
  }

  synchronized @Nullable StubObject current(String name) {
    return objects.get(name);
  }

  /**
   * Returns an object to read it.
   *
   * @param generation null for whatever is there
   */
  synchronized StubObject find(
      String name, @Nullable Long generation, StubPreconditions preconditions) throws StubRefusal {
    StubObject found = existing(name, generation);
    preconditions.checkForReading(found);
    return found;
  }

  /** Returns an object to copy it. */
  synchronized StubObject source(
      String name, @Nullable Long generation, StubPreconditions preconditions) throws StubRefusal {
    StubObject found = existing(name, generation);
    preconditions.check(found);
    return found;
  }

  /** Creates or replaces an object, after the checks of its bucket. */
  synchronized StubObject insert(
      StubBucket rules,
      String name,
      ObjectNode attributes,
      StubContent content,
      int components,
      StubPreconditions preconditions)
      throws StubRefusal, IOException {
    StubObject before = objects.get(name);
    preconditions.check(before);
    if (before != null) {
      rules.require("storage.objects.delete");
      checkRetention(before, rules.retention());
    }
    return put(name, attributes, content, components);
  }

  synchronized StubObject replace(String name, ObjectNode attributes, StubContent content)
      throws IOException {
    return put(name, attributes, content, 0);
  }

  /** Changes metadata. With {@code merge}, what is not named stays, and null removes. */
  synchronized StubObject update(
      String name,
      @Nullable Long generation,
      StubPreconditions preconditions,
      ObjectNode changes,
      boolean merge)
      throws StubRefusal {
    StubObject before = existing(name, generation);
    preconditions.check(before);
    ObjectNode attributes = settable(changes);
    if (merge) {
      attributes = before.attributes().deepCopy();
      merge(attributes, settable(changes));
    }
    StubObject after =
        before.withAttributes(attributes, Instant.now().truncatedTo(ChronoUnit.MILLIS));
    objects.put(name, after);
    return after;
  }

  synchronized void delete(
      StubBucket rules, String name, @Nullable Long generation, StubPreconditions preconditions)
      throws StubRefusal, IOException {
    StubObject before = existing(name, generation);
    preconditions.check(before);
    checkRetention(before, rules.retention());
    remove(name);
  }

  synchronized void remove(String name) throws IOException {
    StubObject before = objects.remove(name);
    if (before != null) {
      before.content().release();
    }
  }

  /**
   * Returns objects in order.
   *
   * @param prefix of their names
   * @param start the first name that may come; empty for all
   */
  synchronized List<StubObject> from(String prefix, String start, int limit) {
    List<StubObject> found = new ArrayList<>();
    String first = ORDER.compare(start, prefix) > 0 ? start : prefix;
    for (StubObject object : objects.tailMap(first, true).values()) {
      if (found.size() >= limit || !object.name().startsWith(prefix)) {
        break;
      }
      found.add(object);
    }
    return found;
  }

  static int compareNames(String one, String other) {
    int end = Math.min(one.length(), other.length());
    for (int i = 0; i < end; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        // A surrogate is half of a code point above all others.
        int above = Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
        return above != 0 && a >= Character.MIN_SURROGATE && b >= Character.MIN_SURROGATE
            ? above
            : Character.compare(a, b);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  private StubObject put(String name, ObjectNode attributes, StubContent content, int components)
      throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    StubObject after =
        new StubObject(
            bucket,
            name,
            generations.getAsLong(),
            1,
            content,
            components,
            settable(attributes),
            now,
            now);
    StubObject before = objects.put(name, after);
    if (before != null) {
      before.content().release();
    }
    return after;
  }

  private StubObject existing(String name, @Nullable Long generation) throws StubRefusal {
    StubObject found = objects.get(name);
    if (found == null || (generation != null && found.generation() != generation)) {
      throw StubRefusal.noObject(bucket, name);
    }
    return found;
  }

  private void checkRetention(StubObject object, Duration period) throws StubRefusal {
    Instant end = object.created().plus(period);
    if (Instant.now().isBefore(end)) {
      throw new StubRefusal(
          403,
          "retentionPolicyNotMet",
          "Object '%s/%s' is subject to bucket's retention policy or object retention and cannot be deleted or overwritten until %s"
              .formatted(bucket, object.name(), end));
    }
  }

  private static ObjectNode settable(ObjectNode attributes) {
    return attributes.deepCopy().retain(SETTABLE);
  }

  private static void merge(ObjectNode into, ObjectNode changes) {
    Iterator<Map.Entry<String, JsonNode>> fields = changes.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (field.getValue().isNull()) {
        into.remove(field.getKey());
      } else if (field.getValue() instanceof ObjectNode inner) {
        merge(into.withObjectProperty(field.getKey()), inner);
      } else {
        into.set(field.getKey(), field.getValue());
      }
    }
  }
}
