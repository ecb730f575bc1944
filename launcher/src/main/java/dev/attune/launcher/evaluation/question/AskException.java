package dev.attune.launcher.evaluation.question;

import org.jspecify.annotations.Nullable;

/** A model did not answer a question. The message is a sentence for the user. */
public final class AskException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String reason;

  /** The cause of the fault. */
  public enum Kind {
    /** This question: asking it again gives the same result, other questions may be answered. */
    QUESTION,

    /** The model: it was deleted or changed, or denies access. No question will be answered. */
    MODEL,

    /** A transient fault: the same question may be answered later. */
    PASSING
  }

  /** Creates a fault of kind {@link Kind#PASSING} if it is transient, else {@link Kind#MODEL}. */
  public AskException(boolean transientFault, String sentence, @Nullable Throwable cause) {
    this(transientFault ? Kind.PASSING : Kind.MODEL, "", sentence, cause);
  }

  private AskException(Kind kind, String reason, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
    this.reason = reason;
  }

  /**
   * Returns a fault of kind {@link Kind#QUESTION}.
   *
   * @param reason by which such faults are counted, e.g. {@code blocked: SAFETY}; at most 60
   *     characters, and no text of the question
   */
  public static AskException ofQuestion(String reason, String sentence, @Nullable Throwable cause) {
    return new AskException(Kind.QUESTION, reason, sentence, cause);
  }

  /**
   * Returns a fault of kind {@link Kind#PASSING}.
   *
   * @param happened what happened, in a few words, for the progress line
   */
  public static AskException ofService(
      String happened, String sentence, @Nullable Throwable cause) {
    return new AskException(Kind.PASSING, happened, sentence, cause);
  }

  public Kind kind() {
    return kind;
  }

  /** Returns the short text given to {@link #ofQuestion} or {@link #ofService}; else empty. */
  public String reason() {
    return reason;
  }

  /** Returns whether the same question may be answered later. */
  public boolean isTransient() {
    return kind == Kind.PASSING;
  }
}
