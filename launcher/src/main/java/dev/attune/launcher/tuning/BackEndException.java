package dev.attune.launcher.tuning;

import org.jspecify.annotations.Nullable;

/**
 * A back end could not do what it was asked. The message is one sentence for people; where asking
 * again may help ({@link Kind#QUOTA}, {@link Kind#UNCERTAIN}) it has no advice and no full stop,
 * for whoever caught it knows whether the program itself asks again.
 */
public final class BackEndException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  public BackEndException(Kind kind, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  /** Returns a fault of a request that will be refused again. */
  public static BackEndException refused(String sentence, @Nullable Throwable cause) {
    return new BackEndException(Kind.REFUSED, sentence, cause);
  }

  /** Returns the fault that a job does not exist. */
  public static BackEndException notFound(String sentence, @Nullable Throwable cause) {
    return new BackEndException(Kind.NOT_FOUND, sentence, cause);
  }

  /** Returns a fault after which it is unknown whether the request was carried out. */
  public static BackEndException uncertain(String sentence, @Nullable Throwable cause) {
    return new BackEndException(Kind.UNCERTAIN, sentence, cause);
  }

  public Kind kind() {
    return kind;
  }

  /** The sentence where the program does not ask again. */
  public String sentence() {
    return sentence("try again later");
  }

  /**
   * The sentence where the program goes on.
   *
   * @param then what it does now
   */
  public String sentence(String then) {
    String message = String.valueOf(getMessage());
    return kind == Kind.QUOTA || kind == Kind.UNCERTAIN ? message + "; " + then + "." : message;
  }

  /** What a fault means for the one who called. */
  public enum Kind {
    /** The request is wrong, or not allowed; the same one will be refused again. */
    REFUSED,
    /** As many jobs run as are allowed at once: nothing was done, later it may be. */
    QUOTA,
    /** There is no such job. */
    NOT_FOUND,
    /** The request may have been carried out, or not: no answer came, or one that does not say. */
    UNCERTAIN
  }
}
