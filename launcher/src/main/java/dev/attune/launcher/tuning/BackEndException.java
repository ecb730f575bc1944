package dev.attune.launcher.tuning;

import dev.attune.message.Messages;
import org.jspecify.annotations.Nullable;

/**
 * A call of a back end failed. The message is one sentence for people. If trying again may help
 * ({@link Kind#QUOTA}, {@link Kind#UNCERTAIN}), it has no advice and no full stop, because only the
 * caller knows whether the program tries again.
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

  /** Returns the sentence of a program that does not try again. */
  public String sentence() {
    return sentence(Messages.of("launcher.job.then-later"));
  }

  /**
   * Returns the sentence of a program that continues.
   *
   * @param then what the program does next
   */
  public String sentence(String then) {
    String message = String.valueOf(getMessage());
    return kind == Kind.QUOTA || kind == Kind.UNCERTAIN ? message + "; " + then + "." : message;
  }

  /** Meaning of a fault for the caller. */
  public enum Kind {
    /** The request is wrong or not allowed; the same request will be refused again. */
    REFUSED,
    /** The quota of running jobs is used up: nothing was done, and a later request may succeed. */
    QUOTA,
    /** There is no such job. */
    NOT_FOUND,
    /** The request may have been carried out or not: there was no answer, or an unclear one. */
    UNCERTAIN
  }
}
