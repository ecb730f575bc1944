package dev.attune.testing.gcs;

import java.util.Map;

/**
 * A call that the stub received. A call inside of a batch is a call of its own, after its {@link
 * Kind#BATCH}.
 *
 * @param number counts all calls, from 1
 * @param method the HTTP method, after {@code X-HTTP-Method-Override}
 * @param bucket empty for a call that names none
 * @param object the name of the object, of a copy's source, or of a compose's target; empty for a
 *     call that names none
 * @param parameters the query, decoded
 */
public record StubCall(
    long number,
    Kind kind,
    String method,
    String bucket,
    String object,
    Map<String, String> parameters) {
  /** What a call asks for. */
  public enum Kind {
    /** Metadata of a bucket. */
    GET_BUCKET("storage.buckets.get"),
    /** Creates a bucket. */
    CREATE_BUCKET("storage.buckets.create"),
    /** Metadata of an object. */
    GET_OBJECT("storage.objects.get"),
    /** Content of an object. */
    DOWNLOAD("storage.objects.get"),
    /** One page of a listing. */
    LIST("storage.objects.list"),
    /** A whole object in one call. */
    INSERT("storage.objects.create"),
    /** Begins a resumable upload. Has no effect on objects. */
    START_UPLOAD("storage.objects.create"),
    /** A chunk of a resumable upload. The last one creates the object. */
    UPLOAD_CHUNK("storage.objects.create"),
    /** Asks how much of a resumable upload has arrived. */
    QUERY_UPLOAD("storage.objects.create"),
    /** Changes metadata. */
    UPDATE("storage.objects.update"),
    /** Deletes an object. */
    DELETE("storage.objects.delete"),
    /** Makes an object of up to 32 others. */
    COMPOSE("storage.objects.create"),
    /** Copies an object, in one or several calls. */
    REWRITE("storage.objects.get"),
    /** Copies an object in one call. */
    COPY("storage.objects.get"),
    /** Several calls in one request. */
    BATCH(""),
    /** The stub does not know the call and answers 501. */
    UNKNOWN("");

    private final String permission;

    Kind(String permission) {
      this.permission = permission;
    }

    /** The permission on the bucket that the call needs first; empty if none. */
    String permission() {
      return permission;
    }
  }

  /** One line for messages of tests. */
  @Override
  public String toString() {
    return number + " " + kind + " " + bucket + "/" + object + " " + parameters;
  }
}
