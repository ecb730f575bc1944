package dev.attune.models;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A model did not answer. The message is a sentence for the user. */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  /** The cause. */
  public enum Kind {
    /** This request is invalid; others may be answered. */
    REQUEST,
    /** Model, key or configuration: no request will be answered. */
    MODEL,
    /** The provider's rate limit or quota; the same request may be answered later. */
    QUOTA,
    /** A transient fault; the same request may be answered later. */
    TRANSIENT,
    /** The budget of the command is used up, or would be by this request. */
    SPENDING
  }

  public ModelException(Kind kind, String sentence, @Nullable Throwable cause) {
    this(kind, sentence, null, cause);
  }

  /**
   * Creates a fault.
   *
   * @param retryAfter the wait that the provider asks for, or null
   */
  public ModelException(
      Kind kind, String sentence, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the wait that the provider asks for, or null. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Returns whether the same request may be answered later. */
  public boolean isTransient() {
    return kind == Kind.QUOTA || kind == Kind.TRANSIENT;
  }
}
