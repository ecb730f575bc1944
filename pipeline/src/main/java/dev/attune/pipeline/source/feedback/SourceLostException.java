package dev.attune.pipeline.source.feedback;

import java.util.Optional;

/**
 * The database was lost, or refused a query, while the pipeline read it. It fails the bundle, so
 * that a runner that retries does so; {@link #sentenceIn} finds it again in what a runner makes of
 * it.
 */
public final class SourceLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String MARK = SourceLostException.class.getName() + ": ";

  public SourceLostException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /**
   * The sentence for the user, if this is what made the run fail. Runners wrap exceptions, and some
   * carry only their text.
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
