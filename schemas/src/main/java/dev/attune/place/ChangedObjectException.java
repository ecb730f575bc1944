package dev.attune.place;

/** An object is no longer, or not yet, what a call required it to be; nothing was changed. */
public final class ChangedObjectException extends PlaceException {
  private static final long serialVersionUID = 1;

  ChangedObjectException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
