package dev.attune.place;

import dev.attune.schema.Printable;
import java.io.IOException;

/** A place that cannot be used as it is. Its message is a sentence that says what to do. */
public class PlaceException extends IOException {
  private static final long serialVersionUID = 1;

  public PlaceException(String sentence) {
    super(sentence);
  }

  public PlaceException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Returns the message as a sentence of its own, with a full stop. */
  public String sentence() {
    String message = String.valueOf(getMessage());
    return message.endsWith(".") ? message : message + ".";
  }

  /** Returns a text of the user as it may stand in a message. */
  static String shown(String text) {
    return Printable.shortened(text);
  }
}
