package dev.attune.pipeline.source.secretmanager;

/** A secret cannot be read. The message is one sentence: the cause and what to do. */
public final class SecretException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  SecretException(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  SecretException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  /** What is in the way. */
  public enum Kind {
    /** This machine has no credentials, or Google refuses them. */
    CREDENTIALS,
    /** The account may not read the secret, or the API is not enabled. */
    DENIED,
    /** There is no such secret or version. */
    MISSING,
    /** The version is disabled or destroyed. */
    DISABLED,
    /** The service does not answer; a later call may succeed. */
    UNAVAILABLE,
    /** The content is not a password, or the name or the endpoint is not valid. */
    INVALID
  }

  public Kind kind() {
    return kind;
  }
}
