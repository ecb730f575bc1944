package dev.attune.models.chatcompletions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call without an answer, on its way through LangChain4j's client, which knows less about it. */
final class CallFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What happened. */
  enum Kind {
    /** A status that is not 2xx, or an error in place of an answer. */
    STATUS,
    /** The model refused; the body has the reason and the usage. */
    REFUSED,
    /** There was no connection, or it broke. */
    CONNECTION,
    /** The deadline passed. */
    LATE,
    /** The stream ended before the answer did. */
    CUT,
    /** The answer is not one of the API. */
    UNREADABLE,
    /** The thread was interrupted. */
    INTERRUPTED
  }

  private final Kind kind;
  private final int status;
  private final @Nullable Duration retryAfter;
  private final transient JsonNode body;
  // Not the cause: LangChain4j's client replaces exceptions by the first of their causes.
  private final @Nullable IOException connection;

  private CallFailure(
      Kind kind,
      int status,
      @Nullable Duration retryAfter,
      JsonNode body,
      @Nullable IOException connection) {
    super(kind.name());
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
    this.body = body;
    this.connection = connection;
  }

  static CallFailure of(Kind kind) {
    return new CallFailure(kind, 0, null, MissingNode.getInstance(), null);
  }

  /** Returns the failure of a status; the body is a missing node if it is not JSON. */
  static CallFailure ofStatus(int status, @Nullable Duration retryAfter, JsonNode body) {
    return new CallFailure(Kind.STATUS, status, retryAfter, body, null);
  }

  static CallFailure refused(JsonNode body) {
    return new CallFailure(Kind.REFUSED, 0, null, body, null);
  }

  static CallFailure ofConnection(IOException cause) {
    return new CallFailure(Kind.CONNECTION, 0, null, MissingNode.getInstance(), cause);
  }

  Kind kind() {
    return kind;
  }

  int status() {
    return status;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  JsonNode body() {
    return body;
  }

  /** Returns what broke the connection. */
  IOException connection() {
    return connection == null ? new IOException(kind.name()) : connection;
  }
}
