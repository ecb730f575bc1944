package dev.attune.pipeline.source.feedback;

import java.util.Optional;

/**
 * The connection to the database was lost, or a query was refused, while the pipeline read it.
 * Fails the bundle, so that a runner can retry it; {@link #sentenceIn} finds it in the exception
 * that a runner throws.
 */
public final class SourceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // Before the sentence in the message: some services pass on only the text of a stack.
  private static final String MARK = "ATTUNE-REFUSED: ";

  public SourceLostException(String sentence, Throwable cause) {
    super(MARK + sentence, cause);
  }

  /** Returns the sentence for the user that a text has after its mark. */
  public static Optional<String> sentenceIn(String text) {
    int mark = text.indexOf(MARK);
    return mark < 0 ? Optional.empty() : text.substring(mark + MARK.length()).lines().findFirst();
  }

  /**
   * Returns the sentence for the user if this exception made the run fail. Runners wrap exceptions,
   * and some pass on only their text.
   */
  public static Optional<String> sentenceIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Optional<String> marked = sentenceIn(String.valueOf(cause.getMessage()));
      if (marked.isPresent()) {
        return marked;
      }
    }
    return Optional.empty();
  }
}
