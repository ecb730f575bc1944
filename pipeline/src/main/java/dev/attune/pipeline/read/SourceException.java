package dev.attune.pipeline.read;

/**
 * A source cannot be read, for a reason that the user can mend. The message is one sentence: the
 * place, the cause and what to do; never a password or the text of a record.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceException(String sentence) {
    super(sentence);
  }

  public SourceException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
