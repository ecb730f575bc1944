package dev.attune.format;

/** A line is not of the format. The message says where and why, and does not quote the text. */
public final class ExampleFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ExampleFormatException(String message) {
    super(message);
  }

  public ExampleFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
