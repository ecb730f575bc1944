package dev.attune.pipeline.read.file;

/** Whether a file may end before its records do, and whether it did. */
final class Truncation {
  private final String file;
  private final boolean allowed;
  private boolean happened;

  Truncation(String file, boolean allowed) {
    this.file = file;
    this.allowed = allowed;
  }

  /**
   * The file ends too early.
   *
   * @param how what shows it, for the sentence
   */
  void happens(String how) throws RefusedFileException {
    if (!allowed) {
      throw new RefusedFileException(
          file,
          "The file is truncated ("
              + how
              + "): restore it, or set limits.allowTruncatedFiles to keep its complete records.");
    }
    happened = true;
  }

  boolean happened() {
    return happened;
  }
}
