package dev.attune.launcher.evaluation;

import org.jspecify.annotations.Nullable;

/** A model gave no answer to a question. The message is one sentence for people. */
public final class AskException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final String reason;

  /** Where the fault lies, which says what to do next. */
  public enum Kind {
    /** In this question, for good: asking it again gives the same. Other questions may do. */
    QUESTION,
    /** In the model, for good: it is gone, was changed, or denies access. No question will do. */
    MODEL,
    /** It may pass: the same question may be answered later. */
    PASSING
  }

  /** A fault of the model: {@link Kind#PASSING} where it is transient, else {@link Kind#MODEL}. */
  public AskException(boolean transientFault, String sentence, @Nullable Throwable cause) {
    this(transientFault ? Kind.PASSING : Kind.MODEL, "", sentence, cause);
  }

  private AskException(Kind kind, String reason, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
    this.reason = reason;
  }

  /**
   * A fault of the question: {@link Kind#QUESTION}.
   *
   * @param reason a few words that are the same for every such fault, to count them by, for example
   *     {@code blocked: SAFETY}; at most 60 characters, none of them from the question
   */
  public static AskException ofQuestion(String reason, String sentence, @Nullable Throwable cause) {
    return new AskException(Kind.QUESTION, reason, sentence, cause);
  }

  /**
   * A fault of the service that may pass: {@link Kind#PASSING}.
   *
   * @param happened what happened, in a few words, for the line that says until when is waited
   */
  public static AskException ofService(
      String happened, String sentence, @Nullable Throwable cause) {
    return new AskException(Kind.PASSING, happened, sentence, cause);
  }

  public Kind kind() {
    return kind;
  }

  /** What was given to {@link #ofQuestion} or {@link #ofService} in a few words; else empty. */
  public String reason() {
    return reason;
  }

  /** Whether asking again later may help. */
  public boolean isTransient() {
    return kind == Kind.PASSING;
  }
}
