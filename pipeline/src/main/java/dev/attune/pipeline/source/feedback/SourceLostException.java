package dev.attune.pipeline.source.feedback;

import java.util.Optional;

/**
 * The connection to the database was lost, or a query was refused, while the pipeline read it.
 * Fails the bundle, so that a runner can retry it; {@link #sentenceIn} finds it in the exception
 * that a runner throws.
 */
public final class SourceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String MARK = "ATTUNE-REFUSED: ";

  // What a runner makes of an exception that it cannot pass on.
  private static final String NAME = SourceLostException.class.getName() + ": ";

  public SourceLostException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Marks the sentence for services that pass on only the text of a stack. */
  @Override
  public String toString() {
    return NAME + MARK + getMessage();
  }

  /** Returns the sentence for the user that a text has after its mark. */
  public static Optional<String> sentenceIn(String text) {
    for (String mark : new String[] {MARK, NAME}) {
      int at = text.indexOf(mark);
      if (at >= 0) {
        return text.substring(at + mark.length()).lines().findFirst();
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the sentence for the user if this exception made the run fail. Runners wrap exceptions,
   * and some pass on only their text.
   */
  public static Optional<String> sentenceIn(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof SourceLostException) {
        return Optional.of(message);
      }
      Optional<String> marked = sentenceIn(message);
      if (marked.isPresent()) {
        return marked;
      }
    }
    return Optional.empty();
  }
}
