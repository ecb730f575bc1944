package dev.attune.pipeline.read;

/**
 * A source cannot be read as it is configured: no file matches, a file cannot be opened. The
 * message is one sentence for people: what is wrong and what to do.
 */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1;

  public SourceException(String sentence) {
    super(sentence);
  }

  public SourceException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
