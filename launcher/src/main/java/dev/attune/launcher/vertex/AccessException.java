package dev.attune.launcher.vertex;

/** Google's services cannot be called from this machine. The message is one sentence for people. */
final class AccessException extends Exception {
  private static final long serialVersionUID = 1L;

  AccessException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
