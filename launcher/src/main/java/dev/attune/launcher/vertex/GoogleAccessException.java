package dev.attune.launcher.vertex;

/** Google's services cannot be called from this machine. The message is one sentence for people. */
final class GoogleAccessException extends Exception {
  private static final long serialVersionUID = 1L;

  GoogleAccessException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
