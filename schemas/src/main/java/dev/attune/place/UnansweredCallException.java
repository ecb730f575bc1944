package dev.attune.place;

/**
 * Cloud Storage did not answer, or failed, also after repetitions. The call may succeed later; all
 * other {@link PlaceException}s last until a user does something.
 */
public final class UnansweredCallException extends PlaceException {
  private static final long serialVersionUID = 1;

  UnansweredCallException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
