package dev.attune.format;

/**
 * Reports that a line is not of the format. The message gives the place and the reason without
 * quoting the text.
 */
public final class ExampleFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExampleFormatException(String message) {
    super(message);
  }

  public ExampleFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
