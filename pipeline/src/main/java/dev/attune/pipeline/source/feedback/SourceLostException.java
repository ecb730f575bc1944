package dev.attune.pipeline.source.feedback;

import java.util.Optional;

/**
 * The connection to the database was lost, or a query was refused, while the pipeline read it.
 * Fails the bundle, so that a runner can retry it; {@link #sentenceIn} finds it in the exception
 * that a runner throws.
 */
public final class SourceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String MARK = SourceLostException.class.getName() + ": ";

  public SourceLostException(String sentence, Throwable cause) {
    super(sentence, cause);
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
      int mark = message.indexOf(MARK);
      if (mark >= 0) {
        return message.substring(mark + MARK.length()).lines().findFirst();
      }
    }
    return Optional.empty();
  }
}
